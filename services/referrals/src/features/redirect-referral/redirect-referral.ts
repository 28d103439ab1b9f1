import { loadDeadlines } from '@homeward/deadlines';
import { BoardDecisions } from '@homeward/http';
import { checkVersion, Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loaded, loadReferral, lockPersonOf } from '../../adapters/referral.repository';
import { findTeam, foundTeam } from '../../adapters/team-directory';
import { redirect, type RedirectTo } from '../../domain/redirect';

export interface RedirectReferral extends Pick<RedirectTo, 'reasonCode' | 'explanation'> {
  toTeamId: string;
  /** Now, unless said. */
  redirectedAt?: Date;
}

@Injectable()
export class RedirectReferralHandler {
  constructor(
    private readonly database: Database,
    private readonly boards: BoardDecisions,
  ) {}

  async redirect(context: CommandContext, referralId: string, command: RedirectReferral): Promise<Outcome> {
    const { organisation } = context.principal;
    const { toTeamId, redirectedAt, ...stated } = command;
    const lock = lockPersonOf(referralId, organisation);
    const decided = await this.boards.aboutLocked(lock.select, context);
    return this.database.write(context, lock, {
      load: [loadReferral(referralId, organisation), loadDeadlines(`referral/${referralId}`), findTeam(toTeamId)],
      decide: ([referrals, known = [], teams], { now }) => {
        const referral = loaded(referrals);
        checkVersion(context, referral.version);
        const { team } = foundTeam(teams);
        const event = redirect(referral, { ...stated, team, redirectedAt: redirectedAt ?? now }, now);
        return recorded(referral, event, organisation, {}, { known, now, decided });
      },
    });
  }
}
