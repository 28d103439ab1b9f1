import { loadDeadlines } from '@homeward/deadlines';
import { checkVersion, Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loaded, loadReferral, lockPersonOf } from '../../adapters/referral.repository';
import { reject, type Reject } from '../../domain/referral';
import { RIGHT_TO_CHALLENGE } from '../../domain/right-to-challenge';

export interface RejectReferral extends Omit<Reject, 'rejectedAt'> {
  /** Now, unless said. */
  rejectedAt?: Date;
}

@Injectable()
export class RejectReferralHandler {
  constructor(private readonly database: Database) {}

  reject(context: CommandContext, referralId: string, command: RejectReferral): Promise<Outcome> {
    const { organisation } = context.principal;
    return this.database.write(context, lockPersonOf(referralId, organisation), {
      load: [loadReferral(referralId, organisation), loadDeadlines(`referral/${referralId}`)],
      decide: ([referrals, known = []], { now }) => {
        const referral = loaded(referrals);
        checkVersion(context, referral.version);
        const events = reject(referral, { ...command, rejectedAt: command.rejectedAt ?? now }, now);
        return recorded(referral, events, organisation, { rightToChallenge: RIGHT_TO_CHALLENGE }, { known, now });
      },
    });
  }
}
