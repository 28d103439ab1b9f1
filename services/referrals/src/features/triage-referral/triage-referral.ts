import { loadDeadlines } from '@homeward/deadlines';
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
  constructor(private readonly database: Database) {}

  triage(context: CommandContext, referralId: string, found: TriageReferral): Promise<Outcome> {
    const { organisation } = context.principal;
    return this.database.write(context, lockPersonOf(referralId, organisation), {
      load: [loadReferral(referralId, organisation), loadDeadlines(`referral/${referralId}`)],
      decide: ([referrals, known = []], { now }) => {
        const referral = loaded(referrals);
        checkVersion(context, referral.version);
        const event = triage(referral, { ...found, triagedAt: found.triagedAt ?? now }, now);
        return recorded(referral, event, organisation, {}, { known, now });
      },
    });
  }
}
