import { instantOf } from '@homeward/kernel';
import { checkVersion, Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/transfer-answer';
import { loadTransferDeadlines } from '../../adapters/transfer-deadlines';
import { answerTransfer, loaded, loadTransfer, personOfTransfer } from '../../adapters/transfer.repository';
import { decline, type Declined } from '../../domain/transfer';

@Injectable()
export class DeclineTransfer {
  constructor(private readonly database: Database) {}

  decline(context: CommandContext, transferId: string, said: Declined): Promise<Outcome> {
    const { organisation } = context.principal;
    return this.database.write(context, personOfTransfer(context.principal, transferId), {
      load: [loadTransfer(transferId), loadTransferDeadlines(transferId)],
      decide: ([transfers, known = []], { now }) => {
        const stored = loaded(transfers);
        checkVersion(context, stored.version);
        return recorded(stored, decline(stored.transfer, organisation, said, instantOf(now)), answerTransfer, {
          known,
          now,
        });
      },
    });
  }
}
