import { instantOf } from '@homeward/kernel';
import { checkVersion, Database, NotFound, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadCourse, recordFact, toCourse } from '../../adapters/accountability.repository';
import { loadEpisodeOfTransfer } from '../../adapters/episode.repository';
import { recorded } from '../../adapters/transfer-answer';
import { loaded, loadTransfer, personOfTransfer, updateTransfer } from '../../adapters/transfer.repository';
import { answeringIn } from '../../domain/responsibility';
import { complete, type Complete, type CompletedTransfer } from '../../domain/transfer';

export type Completion = Pick<Complete, 'handoverComplete' | 'firstContactAt' | 'personInformedAt'> & {
  /** Now unless given. */
  completedAt?: string;
};

@Injectable()
export class CompleteTransfer {
  constructor(private readonly database: Database) {}

  /** The episode's community side, the person's ranges and the transfer change in one write, or none of them does (TRF-04). */
  complete(context: CommandContext, transferId: string, completion: Completion): Promise<Outcome> {
    return this.database.write(context, personOfTransfer(context.principal, transferId), {
      load: [loadTransfer(transferId), loadEpisodeOfTransfer(transferId), ...loadCourse({ transfer: transferId })],
      decide: ([transfers, handingOver, ...course], { now }) => {
        const [stored, episode] = [loaded(transfers), handingOver?.[0]];
        if (!episode) throw new NotFound('transfer');
        checkVersion(context, stored.version);
        const events = complete(stored.transfer, {
          completedAt: instantOf(now),
          ...completion,
          byOrganisation: context.principal.organisation,
          answeredBefore: episode['coordinator_id'] as string,
          now: instantOf(now),
        });
        const { after, changes, ...switched } = recorded<CompletedTransfer>(stored, events, updateTransfer, {
          ...{ known: [], now },
        });
        const known = toCourse(course, now);
        const fact = {
          id: after.id,
          kind: 'transfer-completed' as const,
          episodeId: after.episodeId,
          ...answeringIn(after.to, after.responsibility),
          occurredAt: after.completedAt,
          recordedAt: known.recordedAt,
        };
        return { ...switched, changes: [...changes, ...recordFact(stored.personId, known, fact)] };
      },
    });
  }
}
