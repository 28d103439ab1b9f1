import type { Row, Statement } from '@homeward/persistence';
import type { Team } from '../domain/referral';

/** The directory's row of a team, with who works in it; the projection `team-directory` fills it. */
export const findTeam = (teamId: string): Statement => ({
  text: `SELECT t.team_id, t.organisation, t.kind, t.telephone,
      ARRAY(SELECT p.practitioner_id::text FROM directory_practitioner p WHERE p.team_id = t.team_id) AS members
    FROM directory_team t WHERE t.team_id = $1`,
  values: [teamId],
});

export function foundTeam(rows: Row[] | undefined): { team: Team | undefined; members: ReadonlySet<string> } {
  const row = rows?.[0];
  if (!row) return { team: undefined, members: new Set() };
  const team = {
    id: String(row['team_id']),
    organisation: String(row['organisation']),
    kind: row['kind'] as Team['kind'],
    telephone: String(row['telephone']),
  };
  return { team, members: new Set(row['members'] as string[]) };
}
