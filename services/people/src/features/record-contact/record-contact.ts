import { instantOf, londonDate } from '@homeward/kernel';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadAliasesOf } from '../../adapters/alias.repository';
import {
  contactsIn,
  endChange,
  insertContact,
  loadContacts,
  lockWithContacts,
} from '../../adapters/contact.repository';
import { knownPerson, loadPerson } from '../../adapters/known-person.repository';
import { contactRecordedEvents } from '../../adapters/person.publication';
import { recordContact, type NewContact } from '../../domain/contact';

@Injectable()
export class RecordContact {
  constructor(private readonly database: Database) {}

  record(context: CommandContext, id: string, contactId: string, told: NewContact): Promise<Outcome> {
    return this.database.write(context, lockWithContacts(context.principal, id), {
      load: [loadPerson(id), loadAliasesOf(id), loadContacts(id)],
      decide: ([people, aliases, contacts], { now }) => {
        const { personId, identity, death } = knownPerson(people?.[0]);
        const aliasIds = (aliases ?? []).map((row) => row['alias_id'] as string);
        const { birthDate } = identity;
        const whose = { personId, aliasIds, birthDate, hasDied: death !== null, contacts: contactsIn(contacts) };
        const event = recordContact(told, contactId, whose, londonDate(now));
        const at = instantOf(now);
        const list = `/people/${personId}/contacts`;
        return {
          changes: [...event.ends.map((earlier) => endChange(earlier, at)), insertContact(event.contact, now)],
          events: contactRecordedEvents(event, at),
          outcome: {
            ...{ status: 201, location: list },
            body: { id: contactId, status: 'recorded', links: { person: `/people/${personId}`, contacts: list } },
          },
          audit: { subject: `contact/${contactId}`, personIds: [personId] },
        };
      },
    });
  }
}
