import type { Day } from '@homeward/kernel';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadHomes, toHome } from '../../adapters/home.repository';
import { knownPerson, loadPerson, lockIfLearns } from '../../adapters/known-person.repository';
import { restrictionDecided } from '../../adapters/restriction.decision';
import { liftRestriction } from '../../domain/home-restriction';

@Injectable()
export class LiftHomeRestriction {
  constructor(private readonly database: Database) {}

  /** By who may learn the home: nobody opens to themselves what they may not see. */
  lift(context: CommandContext, id: string, from: Day): Promise<Outcome> {
    return this.database.write(context, lockIfLearns(context.principal, id), {
      load: [loadPerson(id), loadHomes(id)],
      decide: ([people, homes], { now }) => {
        const person = knownPerson(people?.[0]);
        const decided = liftRestriction((homes ?? []).map(toHome), from);
        return restrictionDecided(context, person, decided, now);
      },
    });
  }
}
