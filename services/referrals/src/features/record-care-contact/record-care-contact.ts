import { loadDeadlines } from '@homeward/deadlines';
import { BoardDecisions } from '@homeward/http';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loaded, loadReferral, lockPersonOf } from '../../adapters/referral.repository';
import { recordCareContact, type CareContact } from '../../domain/care-contact';
import { warningsOfContact } from '../../domain/warnings';

export interface RecordCareContact extends Omit<CareContact, 'at'> {
  /** Now, unless said. */
  at?: Date;
}

/** That somebody was in touch, or tried, is a fact: it does not depend on which version its teller had read. */
@Injectable()
export class RecordCareContactHandler {
  constructor(
    private readonly database: Database,
    private readonly boards: BoardDecisions,
  ) {}

  async record(context: CommandContext, referralId: string, stated: RecordCareContact): Promise<Outcome> {
    const { organisation } = context.principal;
    const lock = lockPersonOf(referralId, organisation);
    const decided = await this.boards.aboutLocked(lock.select, context);
    return this.database.write(context, lock, {
      load: [loadReferral(referralId, organisation), loadDeadlines(`referral/${referralId}`)],
      decide: ([referrals, known = []], { now }) => {
        const referral = loaded(referrals);
        const contact = { ...stated, at: stated.at ?? now };
        const event = recordCareContact(contact, now);
        const warnings = warningsOfContact(referral, contact);
        const also = warnings.length > 0 ? { warnings } : {};
        return recorded(referral, event, organisation, also, { known, now, decided });
      },
    });
  }
}
