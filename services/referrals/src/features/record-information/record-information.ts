import { loadDeadlines } from '@homeward/deadlines';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loaded, loadReferral, lockPersonOf } from '../../adapters/referral.repository';
import { recordInformation } from '../../domain/information';

export interface RecordInformation {
  words: string;
  /** Now, unless said. */
  receivedAt?: Date;
}

/** What came is a fact: it does not depend on which version its teller had read. */
@Injectable()
export class RecordInformationHandler {
  constructor(private readonly database: Database) {}

  record(context: CommandContext, referralId: string, { words, receivedAt }: RecordInformation): Promise<Outcome> {
    const { organisation } = context.principal;
    return this.database.write(context, lockPersonOf(referralId, organisation), {
      load: [loadReferral(referralId, organisation), loadDeadlines(`referral/${referralId}`)],
      decide: ([referrals, known = []], { now }) => {
        const referral = loaded(referrals);
        const event = recordInformation(referral, { words, receivedAt: receivedAt ?? now }, now);
        return recorded(referral, event, organisation, {}, { known, now });
      },
    });
  }
}
