import { loadDeadlines } from '@homeward/deadlines';
import { checkVersion, Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loaded, loadReferral, lockPersonOf } from '../../adapters/referral.repository';
import { acknowledge } from '../../domain/redirect';

@Injectable()
export class AcknowledgeRedirectHandler {
  constructor(private readonly database: Database) {}

  /** `acknowledgedAt` is now, unless said. */
  acknowledge(context: CommandContext, referralId: string, acknowledgedAt?: Date): Promise<Outcome> {
    const { organisation } = context.principal;
    return this.database.write(context, lockPersonOf(referralId, organisation, 'intake', 'destination'), {
      load: [loadReferral(referralId, organisation, 'intake', 'destination'), loadDeadlines(`referral/${referralId}`)],
      decide: ([referrals, known = []], { now }) => {
        const referral = loaded(referrals);
        checkVersion(context, referral.version);
        return recorded(
          referral,
          acknowledge(referral, organisation, acknowledgedAt ?? now, now),
          organisation,
          {},
          { known, now },
        );
      },
    });
  }
}
