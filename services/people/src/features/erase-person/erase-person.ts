import type { ErasureReason } from '@homeward/contracts';
import { instantOf } from '@homeward/kernel';
import { Database, erase, type CommandContext, type Outcome } from '@homeward/persistence';
import type { Pool } from 'pg';
import {
  dropLocks,
  ERASABLE,
  findErased,
  findErasedIds,
  findIds,
  findNumbers,
  idsIn,
  loadIds,
  loadUnreviewed,
  lockErased,
  tombstones,
} from '../../adapters/erasure.repository';
import type { PeopleKeys } from '../../adapters/people-keys';
import { erased } from '../../adapters/person.publication';
import { erasePerson } from '../../domain/erasure';
import { bareNumber } from '../../domain/person';

/** Whether somebody is there, was erased, or never was. */
export interface Standing {
  /** Every id that means the person; of nobody, none. */
  ids: string[];
  erasedAt?: Date;
}

/** For an operator: it has no route. Who approved it acts, and stands in the audit. */
export class ErasePerson {
  constructor(
    private readonly database: Database,
    private readonly worker: Pool,
    private readonly keys: PeopleKeys,
  ) {}

  async standing(id: string): Promise<Standing> {
    const [gone] = await this.ask<{ erased_at: Date }>(findErased(id));
    const rows = await this.ask<{ person_id: string }>(gone ? findErasedIds(id) : findIds(id));
    return { ids: rows.map(({ person_id }) => person_id), erasedAt: gone?.erased_at };
  }

  /** As the worker, which may see everybody. Everything goes in the one write that says so (AUD-09). */
  async erase(context: CommandContext, id: string, reasonCode: ErasureReason): Promise<Outcome> {
    const { ids: known } = await this.standing(id);
    const numbers = await this.ask<{ nhs_number: string }>(findNumbers(known));
    const locks = [...new Set(numbers.map(({ nhs_number }) => this.keys.lockOf(bareNumber(nhs_number), '')))];
    return this.database.write(
      context,
      lockErased(id, locks),
      {
        load: [loadIds(id), loadUnreviewed(id)],
        decide: ([rows, unreviewed = []], { now }) => {
          const asked = { ids: idsIn(rows), reasonCode, approvedBy: context.principal.sub };
          const erasure = erasePerson(asked, unreviewed.length);
          const [personId = '', ...aliasIds] = erasure.ids;
          return {
            changes: [
              ...ERASABLE.map((part) => erase(part, erasure.ids)),
              ...tombstones(erasure, now),
              dropLocks(locks),
            ],
            events: [erased(personId, aliasIds, reasonCode, instantOf(now))],
            outcome: { status: 200, body: { id: personId, status: 'erased' } },
            audit: { subject: `person/${personId}`, personIds: erasure.ids },
          };
        },
      },
      { as: 'worker' },
    );
  }

  private async ask<R extends object>({ text, values }: { text: string; values: unknown[] }): Promise<R[]> {
    return (await this.worker.query<R>(text, values)).rows;
  }
}
