import { londonDate } from '@homeward/kernel';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { knownPerson, loadPerson, lockPerson } from '../../adapters/known-person.repository';
import { needDecided } from '../../adapters/need.decision';
import { loadNeeds, toNeed } from '../../adapters/need.repository';
import { recordNeed, type NewNeed } from '../../domain/needs';
import { warningsOn } from '../../domain/warnings';

@Injectable()
export class RecordNeed {
  constructor(private readonly database: Database) {}

  record(context: CommandContext, id: string, told: NewNeed, newId: string): Promise<Outcome> {
    return this.database.write(context, lockPerson(context.principal, id), {
      load: [loadPerson(id), loadNeeds(id)],
      decide: ([people, needs], { now }) => {
        const person = knownPerson(people?.[0]);
        const today = londonDate(now);
        const decided = recordNeed((needs ?? []).map(toNeed), told, newId, person.identity.birthDate, today);
        const { outcome, ...decision } = needDecided(context, person, decided, now, warningsOn(person, today));
        return { ...decision, outcome: { ...outcome, status: 201, location: `/people/${person.personId}/needs` } };
      },
    });
  }
}
