import { instantOf } from '@homeward/kernel';
import { checkVersion, Database, NotFound, type CommandContext, type Outcome, type Row } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import {
  loadFacts,
  loadLastRecorded,
  nextRecordedAt,
  recordFact,
  toFact,
} from '../../adapters/accountability.repository';
import { loadEpisodeOfTransfer, switchTeam } from '../../adapters/episode.repository';
import { answered } from '../../adapters/transfer-answer';
import { published } from '../../adapters/transfer.publication';
import { loadTransfer, personOfTransfer, toStoredTransfer, updateTransfer } from '../../adapters/transfer.repository';
import { complete, evolve, type Complete, type CompletedTransfer } from '../../domain/transfer';

export type Completion = Pick<Complete, 'handoverComplete' | 'firstContactAt' | 'personInformedAt'> & {
  /** Now unless given. */
  completedAt?: string;
};

@Injectable()
export class CompleteTransfer {
  constructor(private readonly database: Database) {}

  /** The episode's team, the person's ranges and the transfer change in one write, or none of them does (TRF-04). */
  complete(context: CommandContext, transferId: string, completion: Completion): Promise<Outcome> {
    return this.database.write(context, personOfTransfer(context.principal, transferId), {
      load: [
        loadTransfer(transferId),
        loadEpisodeOfTransfer(transferId),
        loadFacts({ transfer: transferId }),
        loadLastRecorded({ transfer: transferId }),
      ],
      decide: (rows, { now }) => {
        const [[row], [episode], facts = [], [last]] = rows as [Row[], Row[], Row[], Row[]];
        if (!row || !episode) throw new NotFound('transfer');
        const { transfer, personId, version } = toStoredTransfer(row);
        checkVersion(context, version);
        const events = complete(transfer, {
          completedAt: instantOf(now),
          ...completion,
          byOrganisation: context.principal.organisation,
          answeredBefore: episode['coordinator_id'] as string,
          now: instantOf(now),
        });
        const after = events.reduce(evolve, transfer) as CompletedTransfer;
        const episodeNow = { id: after.episodeId, version: Number(episode['version']) };
        const fact = {
          id: after.id,
          kind: 'transfer-completed' as const,
          episodeId: after.episodeId,
          teamId: after.to.teamId,
          occurredAt: after.completedAt,
          recordedAt: nextRecordedAt(last, now),
        };
        return {
          changes: [
            updateTransfer(after, version),
            switchTeam(episodeNow, after.to.teamId, after.responsibility),
            ...recordFact(personId, facts.map(toFact), fact),
          ],
          events: events.map((event) => published(personId, after, event)),
          outcome: answered(after, version + 1, 200),
          audit: { subject: `transfer/${transferId}`, personIds: [personId] },
        };
      },
    });
  }
}
