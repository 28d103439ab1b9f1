import { loadDeadlines } from '@homeward/deadlines';
import { checkVersion, Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loaded, loadReferral, lockPersonOf } from '../../adapters/referral.repository';
import { withdrawRedirect } from '../../domain/redirect';

@Injectable()
export class WithdrawRedirectHandler {
  constructor(private readonly database: Database) {}

  /** `withdrawnAt` is now, unless said. */
  withdraw(context: CommandContext, referralId: string, withdrawnAt?: Date): Promise<Outcome> {
    const { organisation } = context.principal;
    return this.database.write(context, lockPersonOf(referralId, organisation), {
      load: [loadReferral(referralId, organisation), loadDeadlines(`referral/${referralId}`)],
      decide: ([referrals, known = []], { now }) => {
        const referral = loaded(referrals);
        checkVersion(context, referral.version);
        return recorded(
          referral,
          withdrawRedirect(referral, withdrawnAt ?? now, now),
          organisation,
          {},
          { known, now },
        );
      },
    });
  }
}
