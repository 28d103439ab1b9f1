import { loadDeadlines } from '@homeward/deadlines';
import { BoardDecisions } from '@homeward/http';
import { checkVersion, Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loaded, loadReferral, lockPersonOf } from '../../adapters/referral.repository';
import { triage, type Triage } from '../../domain/triage';

export interface TriageReferral extends Omit<Triage, 'triagedAt'> {
  /** Now, unless said. */
  triagedAt?: Date;
}

@Injectable()
export class TriageReferralHandler {
  constructor(
    private readonly database: Database,
    private readonly boards: BoardDecisions,
  ) {}

  async triage(context: CommandContext, referralId: string, found: TriageReferral): Promise<Outcome> {
    const { organisation } = context.principal;
    const lock = lockPersonOf(referralId, organisation);
    const decided = await this.boards.aboutLocked(lock.select, context);
    return this.database.write(context, lock, {
      load: [loadReferral(referralId, organisation), loadDeadlines(`referral/${referralId}`)],
      decide: ([referrals, known = []], { now }) => {
        const referral = loaded(referrals);
        checkVersion(context, referral.version);
        const event = triage(referral, { ...found, triagedAt: found.triagedAt ?? now }, now);
        return recorded(referral, event, organisation, {}, { known, now, decided });
      },
    });
  }
}
