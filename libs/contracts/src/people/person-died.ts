import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed } from '../schema';

const schema = closed({});

export const personDied: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.person.died.v1',
  minor: 0,
  title: 'A person died',
  description:
    'A fact, however late it is told; `occurredat` is the instant, or the day where only the day is known. A later one `corrects` the one before it. Clocks, invitations, letters and messages fall silent at once, the record stays, and the review of the death is opened (DEC-05).',
  stream: 'person',
  schema,
  example: {},
};
