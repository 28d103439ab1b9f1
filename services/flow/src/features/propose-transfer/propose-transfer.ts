import { BoardDecisions } from '@homeward/http';
import { DomainError, instantOf } from '@homeward/kernel';
import { inUtc, Database, NotFound, type CommandContext, type Outcome, type Statement } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { callerOf, related } from '../../adapters/related';
import { loadTeams } from '../../adapters/team.repository';
import { answered } from '../../adapters/transfer-answer';
import { movedBy } from '../../adapters/transfer-deadlines';
import { published } from '../../adapters/transfer.publication';
import { insertTransfer } from '../../adapters/transfer.repository';
import { evolve, propose, type ProposedTransfer, type Propose, type Situation } from '../../domain/transfer';

export type Proposal = Omit<Propose, 'to' | 'byOrganisation' | 'now'> & { toTeamId: string };

@Injectable()
export class ProposeTransfer {
  constructor(
    private readonly database: Database,
    private readonly boards: BoardDecisions,
  ) {}

  async propose(context: CommandContext, { toTeamId, ...proposal }: Proposal): Promise<Outcome> {
    const select = {
      text: `SELECT 'person/' || e.person_id AS key FROM episode e WHERE e.id = $3 AND ${related('e')}`,
      values: [...callerOf(context.principal), proposal.episodeId],
    };
    const decided = await this.boards.aboutLocked(select, context);
    return this.database.write(
      context,
      { select, what: 'episode' },
      {
        load: [loadSituation(proposal.episodeId), loadTeams(toTeamId)],
        decide: ([episodes, teams], { now }) => {
          const episode = episodes?.[0];
          if (!episode) throw new NotFound('episode');
          const team = teams?.[0];
          if (!team) throw new DomainError('team-unknown', 'There is no such team to ask.', 'rule');
          const personId = episode['person_id'] as string;
          const [event] = propose(toSituation(episode), {
            ...proposal,
            to: { teamId: toTeamId, organisation: team['organisation'] as string },
            byOrganisation: context.principal.organisation,
            now: instantOf(now),
          });
          if (!event) throw new Error('a proposal that is not refused proposes');
          const transfer = evolve(undefined, event) as ProposedTransfer;
          const deadlines = movedBy(personId, transfer, [event], { known: [], now, decided });
          return {
            changes: [insertTransfer(personId, transfer), ...deadlines.changes],
            events: [published(personId, transfer, event), ...deadlines.events],
            outcome: answered(transfer, 1, 201),
            audit: { subject: `transfer/${transfer.id}`, personIds: [personId] },
          };
        },
      },
    );
  }
}

/** While a hospital stay lasts it is the community side that is handed over, where there is one. */
const loadSituation = (episodeId: string): Statement => ({
  text: `SELECT e.person_id, t.id AS team_id, t.organisation, ${inUtc('e.closed_at')} AS closed_at,
      EXISTS (SELECT FROM transfer o WHERE o.episode_id = e.id AND o.status IN ('proposed', 'accepted')) AS transfer_is_open
    FROM episode e JOIN team t ON t.id = coalesce(e.community_team_id, e.accountable_team_id) WHERE e.id = $1`,
  values: [episodeId],
});

const toSituation = (row: Record<string, unknown>): Situation => ({
  episode: {
    accountable: { teamId: row['team_id'] as string, organisation: row['organisation'] as string },
    closedAt: row['closed_at'] as string | null,
  },
  transferIsOpen: row['transfer_is_open'] as boolean,
});
