import type { CommandContext, Database } from '@homeward/persistence';
import { randomUUID } from 'node:crypto';
import { PeopleKeys } from './adapters/people-keys';
import type { PersonDetails } from './domain/person';
import { ADA } from './domain/person.fixtures';
import { RegisterPerson } from './features/register-person/register-person';

/** Registers somebody like Ada, for suites about what comes after; answers their id. */
export async function registered(
  database: Database,
  context: CommandContext,
  details: Partial<PersonDetails> = {},
): Promise<string> {
  const handler = new RegisterPerson(database, new PeopleKeys('a key of the tests'));
  const { body } = await handler.register(context, {
    requestId: context.idempotency?.key ?? randomUUID(),
    registrationId: randomUUID(),
    newPersonId: randomUUID(),
    organisation: context.principal.organisation,
    details: { ...ADA, ...details },
  });
  return String(body['id']);
}
