import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, oneOf, uuid } from '../schema';
import { Type } from '@sinclair/typebox';

export const BASES = ['learning-disability', 'autism', 'both', 'not-yet-known'] as const;

const schema = closed({
  registrationId: uuid('The registration that this fact was recorded by'),
  registrarOrganisation: Type.String({
    pattern: '^([A-Z0-9]{1,12}|person/[0-9a-f-]{36})$',
    description: 'Who registered',
  }),
  provisional: Type.Boolean({ description: 'True while it is not settled who this is' }),
  basis: oneOf(BASES, 'Learning disability, autism, both, or not yet known'),
});

export const personRegistered: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.person.registered.v1',
  minor: 0,
  title: 'A person was registered',
  description: 'Somebody gave what they know of a person, and the person has an id from now on.',
  stream: 'person',
  schema,
  example: {
    registrationId: '0199b6a0-0000-7000-8000-000000000001',
    registrarOrganisation: 'A81001',
    provisional: false,
    basis: 'learning-disability',
  },
  relationships: ({ data, personId, occurredAt }) => [
    {
      change: 'open',
      personId,
      organisation: data.registrarOrganisation,
      holder: null,
      kind: 'registrar',
      at: occurredAt,
    },
  ],
};
