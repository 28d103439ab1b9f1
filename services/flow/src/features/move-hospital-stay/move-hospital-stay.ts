import { Database, NotFound, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadForTale, told, type Tale } from '../../adapters/hospital-stay.decision';
import { loadStay, personOfStay, toStay } from '../../adapters/hospital-stay.repository';

export type Move = Omit<Tale, 'kind' | 'dischargeKind'>;

@Injectable()
export class MoveHospitalStay {
  constructor(private readonly database: Database) {}

  move(context: CommandContext, id: string, move: Move): Promise<Outcome> {
    return this.database.write(
      context,
      personOfStay(context.principal, id),
      {
        load: [loadStay(id), ...loadForTale({ stay: id }, move.teamId)],
        decide: ([stays, ...rows], { now }) => {
          if (!stays?.[0]) throw new NotFound('hospital-stay');
          return told(toStay(id, stays[0]), { ...move, kind: 'hospital-stay-moved' }, rows, now);
        },
      },
      { as: 'worker' },
    );
  }
}
