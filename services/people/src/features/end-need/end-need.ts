import type { NeedEnd } from '@homeward/contracts';
import { londonDate } from '@homeward/kernel';
import { Database, NotFound, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { knownPerson, loadPerson } from '../../adapters/known-person.repository';
import { needDecided } from '../../adapters/need.decision';
import { loadNeeds, lockPersonOfNeed, toNeed } from '../../adapters/need.repository';
import { endNeed } from '../../domain/needs';

@Injectable()
export class EndNeed {
  constructor(private readonly database: Database) {}

  end(context: CommandContext, id: string, needId: string, reason: NeedEnd): Promise<Outcome> {
    return this.database.write(context, lockPersonOfNeed(context.principal, id, needId), {
      load: [loadPerson(id), loadNeeds(id)],
      decide: ([people, needs], { now }) => {
        const person = knownPerson(people?.[0]);
        const need = (needs ?? []).map(toNeed).find((one) => one.id === needId);
        if (!need) throw new NotFound('need');
        return needDecided(context, person, endNeed(need, reason, londonDate(now)), now);
      },
    });
  }
}
