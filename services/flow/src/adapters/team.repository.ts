import type { TeamKind } from '@homeward/contracts';
import type { Change, Row, Statement } from '@homeward/persistence';

export interface Team {
  id: string;
  organisation: string;
  name: string;
  kind: TeamKind;
  telephone: string;
}

export interface Practitioner {
  id: string;
  name: string;
  role: string;
  telephone?: string;
}

/** Teams by id; one that is not there gives no row. */
export const loadTeams = (...ids: string[]): Statement => ({
  text: 'SELECT id, organisation, name, kind, telephone FROM team WHERE id = ANY ($1::uuid[])',
  values: [ids],
});

export const toTeam = (row: Row): Team => row as unknown as Team;

/** Who is in the team now. */
export const loadMembers = (teamId: string): Statement => ({
  text: 'SELECT id FROM practitioner WHERE team_id = $1 AND until IS NULL',
  values: [teamId],
});

export const loadMembersOfReceivingTeam = (transferId: string): Statement => ({
  text: `SELECT p.id FROM transfer t JOIN practitioner p ON p.team_id = t.to_team_id AND p.until IS NULL WHERE t.id = $1`,
  values: [transferId],
});

export const insertTeam = (team: Team, openedAt: Date): Change => ({
  text: `INSERT INTO team (id, organisation, name, kind, telephone, opened_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING 1`,
  values: [team.id, team.organisation, team.name, team.kind, team.telephone, openedAt],
});

export const insertPractitioner = (
  teamId: string,
  { id, name, role, telephone }: Practitioner,
  from: Date,
): Change => ({
  text: `INSERT INTO practitioner (team_id, id, name, role, telephone, "from") VALUES ($1, $2, $3, $4, $5, $6) RETURNING 1`,
  values: [teamId, id, name, role, telephone ?? null, from],
});
