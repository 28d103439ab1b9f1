import type { Change, Row, Statement } from '@homeward/persistence';
import type { Episode, EpisodeOpened, TeamJoined } from '../domain/episode';
import { practitionerOf, type Responsibility } from '../domain/responsibility';
import { instantOf } from './instant';

export const loadEpisodes = (personId: string): Statement => ({
  text: `SELECT id, accountable_team_id AS team_id, ${instantOf('opened_at')} AS opened_at,
    ${instantOf('closed_at')} AS closed_at FROM episode WHERE person_id = $1`,
  values: [personId],
});

export const loadEpisodeOfTransfer = (transferId: string): Statement => ({
  text: `SELECT e.coordinator_id, e.version FROM transfer t JOIN episode e ON e.id = t.episode_id WHERE t.id = $1`,
  values: [transferId],
});

export const toEpisode = (row: Row): Episode => ({
  id: row['id'] as string,
  teamId: row['team_id'] as string,
  openedAt: row['opened_at'] as string,
  closedAt: row['closed_at'] as string | null,
});

export function insertEpisode(personId: string, { episodeId, acceptance, closedAt }: EpisodeOpened): Change {
  const { referralId, teamId, responsibility, acceptedAt } = acceptance;
  return {
    text: `INSERT INTO episode (id, person_id, referral_id, accountable_team_id, coordinator_id, duty_until, opened_at, closed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING 1`,
    values: [episodeId, personId, referralId, teamId, ...answering(responsibility), acceptedAt, closedAt],
  };
}

/** A team that contributes already, or is accountable itself, needs no second row. */
export const insertContributingTeam = (personId: string, { episodeId, acceptance }: TeamJoined): Change => ({
  text: `INSERT INTO episode_team (episode_id, team_id, person_id, referral_id, joined_at)
    SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT FROM episode WHERE id = $1 AND accountable_team_id = $2)
    ON CONFLICT (episode_id, team_id) DO NOTHING RETURNING 1`,
  values: [episodeId, acceptance.teamId, personId, acceptance.referralId, acceptance.acceptedAt],
  rows: 'any',
});

/** Accountability switches: guarded, so that two completions cannot both do it. */
export const switchTeam = (
  { id, version }: { id: string; version: number },
  teamId: string,
  responsibility: Responsibility,
): Change => ({
  text: `UPDATE episode SET accountable_team_id = $3, coordinator_id = $4, duty_until = $5, version = version + 1
    WHERE id = $1 AND version = $2 AND closed_at IS NULL RETURNING 1`,
  values: [id, version, teamId, ...answering(responsibility)],
});

/** `coordinator_id` and `duty_until`. */
export const answering = (responsibility: Responsibility): [string, string | null] => [
  practitionerOf(responsibility),
  responsibility.dutyHolder?.until ?? null,
];
