import { instantOf } from '@homeward/kernel';
import { checkVersion, Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/transfer-answer';
import { loadTransferDeadlines } from '../../adapters/transfer-deadlines';
import { loaded, loadTransfer, personOfTransfer, updateTransfer } from '../../adapters/transfer.repository';
import { loadMembersOfReceivingTeam } from '../../adapters/team.repository';
import { accept, type Accept } from '../../domain/transfer';

export type Acceptance = Pick<Accept, 'coordinatorId' | 'dutyHolder' | 'startsAt'>;

@Injectable()
export class AcceptTransfer {
  constructor(private readonly database: Database) {}

  accept(context: CommandContext, transferId: string, acceptance: Acceptance): Promise<Outcome> {
    return this.database.write(context, personOfTransfer(context.principal, transferId), {
      load: [loadTransfer(transferId), loadTransferDeadlines(transferId), loadMembersOfReceivingTeam(transferId)],
      decide: ([transfers, known = [], members], { now }) => {
        const stored = loaded(transfers);
        checkVersion(context, stored.version);
        const inTeam = new Set(members?.map(({ id }) => id));
        const events = accept(stored.transfer, {
          ...acceptance,
          byOrganisation: context.principal.organisation,
          isInTeam: (practitionerId) => inTeam.has(practitionerId),
          now: instantOf(now),
        });
        return recorded(stored, events, updateTransfer, { known, now });
      },
    });
  }
}
