import { instantOf, type Instant } from '@homeward/kernel';
import { Database, NotFound, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { contactsIn, endChange, loadContacts, lockWithContacts } from '../../adapters/contact.repository';
import { knownPerson, loadPerson } from '../../adapters/known-person.repository';
import { contactEndedEvent } from '../../adapters/person.publication';
import { endContact } from '../../domain/contact';

@Injectable()
export class EndContact {
  constructor(private readonly database: Database) {}

  /** `endedAt`: now, unless said. */
  end(context: CommandContext, id: string, contactId: string, endedAt?: Instant): Promise<Outcome> {
    return this.database.write(context, lockWithContacts(context.principal, id), {
      load: [loadPerson(id), loadContacts(id)],
      decide: ([people, contacts], { now }) => {
        const { personId } = knownPerson(people?.[0]);
        const contact = contactsIn(contacts).find((one) => one.id === contactId);
        if (!contact) throw new NotFound('contact');
        const at = endedAt ?? instantOf(now);
        const ended = endContact(contact, at, instantOf(now));
        const links = { person: `/people/${personId}`, contacts: `/people/${personId}/contacts` };
        return {
          changes: [endChange(ended, at)],
          events: [contactEndedEvent(ended, at)],
          outcome: { status: 200, body: { id: contactId, status: 'ended', links } },
          audit: { subject: `contact/${contactId}`, personIds: [personId] },
        };
      },
    });
  }
}
