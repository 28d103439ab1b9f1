import { londonDate, type Day } from '@homeward/kernel';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadHomes, toHome } from '../../adapters/home.repository';
import { knownPerson, loadPerson, lockPerson } from '../../adapters/known-person.repository';
import { restrictionDecided } from '../../adapters/restriction.decision';
import { restrictHomes } from '../../domain/home-restriction';

@Injectable()
export class RestrictHome {
  constructor(private readonly database: Database) {}

  restrict(context: CommandContext, id: string, from: Day | undefined): Promise<Outcome> {
    return this.database.write(context, lockPerson(context.principal, id), {
      load: [loadPerson(id), loadHomes(id)],
      decide: ([people, homes], { now }) => {
        const person = knownPerson(people?.[0]);
        const decided = restrictHomes((homes ?? []).map(toHome), from, londonDate(now));
        return restrictionDecided(context, person, decided, now);
      },
    });
  }
}
