import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { actingOrganisation, closed, oneOf, uuid } from '../schema';

export const BASES = ['learning-disability', 'autism', 'both', 'not-yet-known'] as const;

const schema = closed({
  registrationId: uuid('The registration that this fact was recorded by'),
  registrarOrganisation: actingOrganisation('Who registered'),
  provisional: Type.Boolean({ description: 'True while it is not settled who this is' }),
  basis: oneOf(BASES, 'Learning disability, autism, both, or not yet known'),
});

export const personRegistered: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.person.registered.v1',
  minor: 0,
  title: 'A person was registered',
  description:
    'Somebody gave what they know of a person. Published for each registration, whether the person was known or not, so that the answer and the work behind it tell nobody which it was.',
  stream: 'person',
  schema,
  example: {
    registrationId: '0199b6a0-0000-7000-8000-000000000001',
    registrarOrganisation: 'A99001',
    provisional: false,
    basis: 'learning-disability',
  },
  // The registrar sees its own registration and nothing else, so no relationship opens for it.
  relationships: ({ personId, occurredAt }) => [
    {
      change: 'open',
      personId,
      organisation: `person/${personId}`,
      holder: `person/${personId}`,
      kind: 'self',
      subject: `person/${personId}`,
      at: occurredAt,
    },
  ],
};
