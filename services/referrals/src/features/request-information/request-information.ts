import { loadDeadlines } from '@homeward/deadlines';
import { BoardDecisions } from '@homeward/http';
import { checkVersion, Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loaded, loadReferral, lockPersonOf } from '../../adapters/referral.repository';
import { requestInformation, type RequestInformation as Asking } from '../../domain/information';

export interface RequestInformation extends Omit<Asking, 'askedAt'> {
  /** Now, unless said. */
  askedAt?: Date;
}

@Injectable()
export class RequestInformationHandler {
  constructor(
    private readonly database: Database,
    private readonly boards: BoardDecisions,
  ) {}

  async request(context: CommandContext, referralId: string, command: RequestInformation): Promise<Outcome> {
    const { organisation } = context.principal;
    const lock = lockPersonOf(referralId, organisation);
    const decided = await this.boards.aboutLocked(lock.select, context);
    return this.database.write(context, lock, {
      load: [loadReferral(referralId, organisation), loadDeadlines(`referral/${referralId}`)],
      decide: ([referrals, known = []], { now }) => {
        const referral = loaded(referrals);
        checkVersion(context, referral.version);
        const event = requestInformation(referral, { ...command, askedAt: command.askedAt ?? now }, now);
        return recorded(referral, event, organisation, {}, { known, now, decided });
      },
    });
  }
}
