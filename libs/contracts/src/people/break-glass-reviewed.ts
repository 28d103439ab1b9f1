import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, oneOf } from '../schema';
import { lookedBy } from './break-glass-opened';

export const BREAK_GLASS_OUTCOMES = ['justified', 'not-justified'] as const;
export type BreakGlassOutcome = (typeof BREAK_GLASS_OUTCOMES)[number];

const schema = closed({ ...lookedBy, outcome: oneOf(BREAK_GLASS_OUTCOMES, 'What the review found') });

export const breakGlassReviewed: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.break-glass.reviewed.v1',
  minor: 0,
  title: 'A look by break-glass was reviewed',
  description:
    'The privacy role said whether it was justified. One that was not ends at once, if it has not ended yet.',
  stream: 'person',
  schema,
  example: {
    breakGlassId: '0199b6a0-0000-7000-8000-000000000050',
    organisation: 'RZ1',
    practitionerId: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
    aliasIds: [],
    outcome: 'not-justified',
  },
  relationships: ({ data, personId, occurredAt }) =>
    data.outcome === 'justified'
      ? []
      : [personId, ...data.aliasIds].map((id) => ({
          change: 'end',
          personId: id,
          organisation: data.organisation,
          holder: `practitioner/${data.practitionerId}`,
          kind: 'break-glass',
          subject: `break-glass/${data.breakGlassId}`,
          at: occurredAt,
        })),
};
