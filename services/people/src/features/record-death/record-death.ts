import { instantOf, londonDate, type Instant } from '@homeward/kernel';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { keepHistory, knownPerson, loadPerson, lockPerson, personChange } from '../../adapters/known-person.repository';
import { answered } from '../../adapters/person-answer';
import { died } from '../../adapters/person.publication';
import { evolveDeath, recordDeath } from '../../domain/death';
import type { Died } from '../../domain/known-person';
import { warningsOfDeath } from '../../domain/warnings';

@Injectable()
export class RecordDeath {
  constructor(private readonly database: Database) {}

  record(context: CommandContext, id: string, told: Died, eventId: string): Promise<Outcome> {
    return this.database.write(context, lockPerson(context.principal, id), {
      load: [loadPerson(id)],
      decide: ([people], { now }) => {
        const person = knownPerson(people?.[0]);
        const warnings = warningsOfDeath(person, told.on);
        const event = recordDeath(person, told, eventId, instantOf(now), londonDate(now));
        if (!event) return { changes: [], events: [], ...answered(person, warnings) };
        const after = evolveDeath(person, event);
        return {
          changes: [personChange(person, after), keepHistory(context, person, 'death', { death: person.death }, now)],
          events: [died(event)],
          ...answered(after, warnings),
        };
      },
    });
  }
}

/** The day in London is the day of an instant. */
export const diedAt = (at: Instant): Died => ({ on: londonDate(new Date(at)), at });
