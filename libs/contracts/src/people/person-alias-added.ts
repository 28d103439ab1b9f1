import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, uuid } from '../schema';

const schema = closed({ aliasId: uuid('The old id, which stays valid') });

export const personAliasAdded: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.person.alias-added.v1',
  minor: 0,
  title: 'A person is known by one more id',
  description:
    'In the same write as `merged` on the old id: what was recorded under that id is about this person, too.',
  stream: 'person',
  schema,
  example: { aliasId: '0c6a2f1e-7a52-4d0b-9a51-5e4f3a2b1c0d' },
};
