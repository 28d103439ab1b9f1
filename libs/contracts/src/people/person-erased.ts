import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, oneOf, uuid } from '../schema';

export const ERASURE_REASONS = [
  'asked-by-the-person',
  'asked-on-their-behalf',
  'registered-in-error',
  'kept-long-enough',
  'ordered',
] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

const schema = closed({
  reasonCode: oneOf(ERASURE_REASONS, 'Why it was approved'),
  aliasIds: Type.Array(uuid('An id that was merged into the person’s'), {
    description: 'Other ids of the person: what is kept under them goes, too',
  }),
});

export const personErased: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.person.erased.v1',
  minor: 0,
  title: 'A person was erased',
  description:
    'Who it was is not kept any more, under none of their ids. Every service deletes what it keeps of them in free text, and what could tell who they were; coded facts stay under the random id. It is the last event that people publishes of the person.',
  stream: 'person',
  schema,
  example: { reasonCode: 'asked-by-the-person', aliasIds: ['6f1c2c0e-52b6-4a9e-9a63-5b1f0c0f8a11'] },
};
