import type { DischargeKind } from '@homeward/contracts';
import { PersonFacts } from '@homeward/http';
import { Database, NotFound, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadForTale, told, type Tale } from '../../adapters/hospital-stay.decision';
import { loadStay, personForDischarge, personOfStay, toStay } from '../../adapters/hospital-stay.repository';

export type Discharge = Omit<Tale, 'kind'> & { dischargeKind: DischargeKind };

/** Planned or not: the community team is accountable that instant, accepted or not (DEC-02). */
@Injectable()
export class DischargeHandler {
  constructor(
    private readonly database: Database,
    private readonly facts: PersonFacts,
  ) {}

  discharge(context: CommandContext, id: string, discharge: Discharge): Promise<Outcome> {
    return this.database.write(
      context,
      personOfStay(context.principal, id),
      {
        load: [loadStay(id), ...loadForTale({ stay: id }, discharge.teamId)],
        decide: ([stays, ...rows], { now }) => {
          if (!stays?.[0]) throw new NotFound('hospital-stay');
          return told(toStay(id, stays[0]), { ...discharge, kind: 'hospital-stay-ended' }, rows, now);
        },
      },
      { as: 'worker' },
    );
  }

  /** Of a stay that nobody had told of. */
  async record(context: CommandContext, id: string, personId: string, discharge: Discharge): Promise<Outcome> {
    const lock = personForDischarge(context.principal, personId);
    const may = await this.database.keysOf(context, lock.select);
    if (may.length > 0) await this.facts.of(personId, context);
    const stay = { id, personId, version: 0, dischargeAcceptedAt: null };
    return this.database.write(
      context,
      lock,
      {
        load: loadForTale({ person: personId }, discharge.teamId),
        decide: (rows, { now }) => told(stay, { ...discharge, kind: 'hospital-stay-ended' }, rows, now),
      },
      { as: 'worker' },
    );
  }
}
