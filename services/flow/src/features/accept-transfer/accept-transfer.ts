import { instantOf } from '@homeward/kernel';
import { checkVersion, Database, NotFound, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { answered } from '../../adapters/transfer-answer';
import { published } from '../../adapters/transfer.publication';
import { loadTransfer, personOfTransfer, toStoredTransfer, updateTransfer } from '../../adapters/transfer.repository';
import { loadMembersOfReceivingTeam } from '../../adapters/team.repository';
import { accept, evolve, type Accept, type AcceptedTransfer } from '../../domain/transfer';

export type Acceptance = Pick<Accept, 'coordinatorId' | 'dutyHolder' | 'startsAt'>;

@Injectable()
export class AcceptTransfer {
  constructor(private readonly database: Database) {}

  accept(context: CommandContext, transferId: string, acceptance: Acceptance): Promise<Outcome> {
    return this.database.write(context, personOfTransfer(context.principal, transferId), {
      load: [loadTransfer(transferId), loadMembersOfReceivingTeam(transferId)],
      decide: ([rows, members], { now }) => {
        const row = rows?.[0];
        if (!row) throw new NotFound('transfer');
        const { transfer, personId, version } = toStoredTransfer(row);
        checkVersion(context, version);
        const inTeam = new Set(members?.map(({ id }) => id));
        const events = accept(transfer, {
          ...acceptance,
          byOrganisation: context.principal.organisation,
          isInTeam: (practitionerId) => inTeam.has(practitionerId),
          now: instantOf(now),
        });
        const after = events.reduce(evolve, transfer) as AcceptedTransfer;
        return {
          changes: [updateTransfer(after, version)],
          events: events.map((event) => published(personId, after, event)),
          outcome: answered(after, version + 1, 200),
          audit: { subject: `transfer/${transferId}`, personIds: [personId] },
        };
      },
    });
  }
}
