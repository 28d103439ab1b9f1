import { loadDeadlines } from '@homeward/deadlines';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loaded, loadReferral, lockPersonOf, type Side } from '../../adapters/referral.repository';
import { withdraw, type Closing } from '../../domain/closing';
import { warningsOfClosing } from '../../domain/warnings';

export interface WithdrawReferral extends Omit<Closing, 'closedAt' | 'event'> {
  /** Now, unless said. */
  withdrawnAt?: Date;
}

/** Whose wish may end it. */
const SIDES: Side[] = ['intake', 'referrer', 'person'];

/** Somebody's wish is a fact: it does not depend on which version its teller had read. */
@Injectable()
export class WithdrawReferralHandler {
  constructor(private readonly database: Database) {}

  withdraw(context: CommandContext, referralId: string, command: WithdrawReferral): Promise<Outcome> {
    const { organisation } = context.principal;
    const { withdrawnAt, ...stated } = command;
    return this.database.write(context, lockPersonOf(referralId, organisation, ...SIDES), {
      load: [loadReferral(referralId, organisation, ...SIDES), loadDeadlines(`referral/${referralId}`)],
      decide: ([referrals, known = []], { now }) => {
        const referral = loaded(referrals);
        const closing = { ...stated, closedAt: withdrawnAt ?? now };
        const warnings = warningsOfClosing(closing);
        const also = warnings.length > 0 ? { warnings } : {};
        return recorded(referral, withdraw(referral, closing, now), organisation, also, { known, now });
      },
    });
  }
}
