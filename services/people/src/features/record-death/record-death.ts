import { instantOf, londonDate, type Instant } from '@homeward/kernel';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { contactsIn, loadContacts, lockWithContacts, signsInNoMore } from '../../adapters/contact.repository';
import { keepHistory, knownPerson, loadPerson, personChange } from '../../adapters/known-person.repository';
import { answered } from '../../adapters/person-answer';
import { contactEndedEvent, died } from '../../adapters/person.publication';
import { whoseRightsEndWithDeath } from '../../domain/contact';
import { evolveDeath, recordDeath } from '../../domain/death';
import type { Died } from '../../domain/known-person';
import { warningsOfDeath } from '../../domain/warnings';

@Injectable()
export class RecordDeath {
  constructor(private readonly database: Database) {}

  record(context: CommandContext, id: string, told: Died, eventId: string): Promise<Outcome> {
    return this.database.write(context, lockWithContacts(context.principal, id), {
      load: [loadPerson(id), loadContacts(id)],
      decide: ([people, contacts], { now }) => {
        const person = knownPerson(people?.[0]);
        const warnings = warningsOfDeath(person, told.on);
        const event = recordDeath(person, told, eventId, instantOf(now), londonDate(now));
        if (!event) return { changes: [], events: [], ...answered(person, warnings) };
        const after = evolveDeath(person, event);
        const readers = whoseRightsEndWithDeath(contactsIn(contacts));
        return {
          changes: [
            personChange(person, after),
            keepHistory(context, person, 'death', { death: person.death }, now),
            ...readers.map(signsInNoMore),
          ],
          events: [died(event), ...readers.map((reader) => contactEndedEvent(reader, instantOf(now)))],
          ...answered(after, warnings),
        };
      },
    });
  }
}

/** The day in London is the day of an instant. */
export const diedAt = (at: Instant): Died => ({ on: londonDate(new Date(at)), at });
