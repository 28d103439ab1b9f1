import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, oneOf } from '../schema';
import { neededBy } from './need-recorded';

export const NEED_ENDS = ['not-needed', 'recorded-in-error'] as const;
export type NeedEnd = (typeof NEED_ENDS)[number];

const schema = closed({ ...neededBy, reasonCode: oneOf(NEED_ENDS, 'Why it does not hold any more') });

export const needEnded: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.need.ended.v1',
  minor: 0,
  title: 'Something that a person needed does not hold any more',
  description: 'Other needs of the person hold as before.',
  stream: 'person',
  schema,
  example: {
    needId: '0199b6a0-0000-7000-8000-000000000060',
    kind: 'communication',
    code: 'interpreter',
    language: 'pl',
    reasonCode: 'not-needed',
  },
};
