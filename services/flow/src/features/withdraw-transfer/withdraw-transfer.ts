import { instantOf } from '@homeward/kernel';
import { checkVersion, Database, NotFound, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { answered } from '../../adapters/transfer-answer';
import { published } from '../../adapters/transfer.publication';
import { answerTransfer, loadTransfer, personOfTransfer, toStoredTransfer } from '../../adapters/transfer.repository';
import { evolve, withdraw, type Withdrawn, type WithdrawnTransfer } from '../../domain/transfer';

@Injectable()
export class WithdrawTransfer {
  constructor(private readonly database: Database) {}

  withdraw(context: CommandContext, transferId: string, said: Withdrawn): Promise<Outcome> {
    const { organisation } = context.principal;
    return this.database.write(context, personOfTransfer(context.principal, transferId), {
      load: [loadTransfer(transferId)],
      decide: ([rows], { now }) => {
        const row = rows?.[0];
        if (!row) throw new NotFound('transfer');
        const { transfer, personId, version } = toStoredTransfer(row);
        checkVersion(context, version);
        const events = withdraw(transfer, organisation, said, instantOf(now));
        const after = events.reduce(evolve, transfer) as WithdrawnTransfer;
        return {
          changes: [answerTransfer(after, version)],
          events: events.map((event) => published(personId, after, event)),
          outcome: answered(after, version + 1, 200),
          audit: { subject: `transfer/${transferId}`, personIds: [personId] },
        };
      },
    });
  }
}
