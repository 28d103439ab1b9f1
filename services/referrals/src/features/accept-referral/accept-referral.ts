import { loadDeadlines } from '@homeward/deadlines';
import { BoardDecisions } from '@homeward/http';
import { checkVersion, Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loaded, loadReferral, lockPersonOf } from '../../adapters/referral.repository';
import { findTeam, foundTeam } from '../../adapters/team-directory';
import { accept, type Accept } from '../../domain/referral';

export interface AcceptReferral extends Pick<Accept, 'coordinatorId' | 'dutyHolder' | 'priority'> {
  teamId: string;
  /** Now, unless said. */
  acceptedAt?: Date;
}

@Injectable()
export class AcceptReferralHandler {
  constructor(
    private readonly database: Database,
    private readonly boards: BoardDecisions,
  ) {}

  async accept(context: CommandContext, referralId: string, command: AcceptReferral): Promise<Outcome> {
    const { organisation } = context.principal;
    const lock = lockPersonOf(referralId, organisation);
    const decided = await this.boards.aboutLocked(lock.select, context);
    return this.database.write(context, lock, {
      load: [loadReferral(referralId, organisation), loadDeadlines(`referral/${referralId}`), findTeam(command.teamId)],
      decide: ([referrals, known = [], teams], { now }) => {
        const referral = loaded(referrals);
        checkVersion(context, referral.version);
        const acceptedAt = command.acceptedAt ?? now;
        const events = accept(referral, { ...command, ...foundTeam(teams), acceptedAt }, now);
        return recorded(referral, events, organisation, {}, { known, now, decided });
      },
    });
  }
}
