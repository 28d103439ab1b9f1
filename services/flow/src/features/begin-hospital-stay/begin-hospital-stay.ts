import { PersonFacts } from '@homeward/http';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadForTale, told, type Tale } from '../../adapters/hospital-stay.decision';
import { personForAdmission } from '../../adapters/hospital-stay.repository';

export type Admission = Omit<Tale, 'kind' | 'dischargeKind'> & { id: string; personId: string };

@Injectable()
export class BeginHospitalStay {
  constructor(
    private readonly database: Database,
    private readonly facts: PersonFacts,
  ) {}

  /** It may be the first that anybody here hears of the person (DEC-04). */
  async begin(context: CommandContext, { id, personId, ...admission }: Admission): Promise<Outcome> {
    const tale: Tale = { ...admission, kind: 'hospital-stay-began' };
    const lock = personForAdmission(context.principal, personId, tale.teamId);
    const may = await this.database.keysOf(context, lock.select);
    if (may.length > 0) await this.facts.of(personId, context);
    const stay = { id, personId, version: 0, dischargeAcceptedAt: null };
    return this.database.write(
      context,
      lock,
      {
        load: loadForTale({ person: personId }, tale.teamId),
        decide: (rows, { now }) => told(stay, tale, rows, now),
      },
      { as: 'worker' },
    );
  }
}
