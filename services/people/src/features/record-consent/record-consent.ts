import { instantOf } from '@homeward/kernel';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { insertConsent } from '../../adapters/consent.repository';
import { loadContacts } from '../../adapters/contact.repository';
import { knownPerson, loadPerson, lockPerson } from '../../adapters/known-person.repository';
import { consentPublished } from '../../adapters/person.publication';
import { recordConsent, type NewConsent } from '../../domain/consent';
import { warningsOfConsent } from '../../domain/consent-now';
import { warningsOn } from '../../domain/warnings';

@Injectable()
export class RecordConsent {
  constructor(private readonly database: Database) {}

  record(context: CommandContext, id: string, consentId: string, told: NewConsent): Promise<Outcome> {
    return this.database.write(context, lockPerson(context.principal, id), {
      load: [loadPerson(id), loadContacts(id)],
      decide: ([people, contacts], { now }) => {
        const person = knownPerson(people?.[0]);
        const { personId, identity } = person;
        const contactIds = (contacts ?? []).map((row) => row['id'] as string);
        const whose = { personId, birthDate: identity.birthDate, contactIds };
        const consent = recordConsent(told, consentId, whose, instantOf(now));
        const warnings = [...warningsOfConsent(consent, identity.birthDate), ...warningsOn(person, consent.on)];
        const list = `/people/${personId}/consents`;
        const links = { person: `/people/${personId}`, consents: list };
        return {
          changes: [insertConsent(consent)],
          events: [consentPublished(consent)],
          outcome: {
            ...{ status: 201, location: list },
            body: { id: consentId, status: 'recorded', links, ...(warnings.length > 0 ? { warnings } : {}) },
          },
          audit: { subject: `consent/${consentId}`, personIds: [personId] },
        };
      },
    });
  }
}
