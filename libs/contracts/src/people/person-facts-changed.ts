import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed } from '../schema';

const schema = closed({});

export const personFactsChanged: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.person.facts-changed.v1',
  minor: 0,
  title: 'What is known of a person changed',
  description:
    'A correction, or a home from a day on. Nothing of it travels: who keeps facts of the person asks people for them again (DEC-35).',
  stream: 'person',
  schema,
  example: {},
};
