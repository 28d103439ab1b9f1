import { loadDeadlines } from '@homeward/deadlines';
import { BoardDecisions } from '@homeward/http';
import { checkVersion, Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loaded, loadReferral, lockPersonOf } from '../../adapters/referral.repository';
import { acknowledge } from '../../domain/redirect';

@Injectable()
export class AcknowledgeRedirectHandler {
  constructor(
    private readonly database: Database,
    private readonly boards: BoardDecisions,
  ) {}

  /** `acknowledgedAt` is now, unless said. */
  async acknowledge(context: CommandContext, referralId: string, acknowledgedAt?: Date): Promise<Outcome> {
    const { organisation } = context.principal;
    const lock = lockPersonOf(referralId, organisation, 'intake', 'destination');
    const decided = await this.boards.aboutLocked(lock.select, context);
    return this.database.write(context, lock, {
      load: [loadReferral(referralId, organisation, 'intake', 'destination'), loadDeadlines(`referral/${referralId}`)],
      decide: ([referrals, known = []], { now }) => {
        const referral = loaded(referrals);
        checkVersion(context, referral.version);
        return recorded(
          referral,
          acknowledge(referral, organisation, acknowledgedAt ?? now, now),
          organisation,
          {},
          { known, now, decided },
        );
      },
    });
  }
}
