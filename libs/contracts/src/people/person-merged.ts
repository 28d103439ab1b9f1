import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, uuid } from '../schema';

const schema = closed({ survivorId: uuid('The id that both are known by from now on') });

export const personMerged: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.person.merged.v1',
  minor: 0,
  title: 'A person was found to be another one, too',
  description:
    'Two ids mean one human being. It is the last event that people publishes of the old id, which stays valid: nothing is written anew under the other. `alias-added` says the same on the survivor.',
  stream: 'person',
  schema,
  example: { survivorId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b' },
};
