import { practitionerJoinedTeam, teamOpened } from '@homeward/contracts';
import type { Projection } from '@homeward/messaging';
import { grants } from '@homeward/persistence';

/** Teams and who works in them, as flow tells it. About nobody whom we support: every caller may read it. */
export const teamDirectory: Projection = {
  name: 'team-directory',
  generation: 1,
  types: [teamOpened.type, practitionerJoinedTeam.type],
  tables: ['directory_team', 'directory_practitioner'],

  create: (schema) => [
    `CREATE TABLE ${schema}.directory_team (
      team_id uuid PRIMARY KEY, organisation text NOT NULL, kind text NOT NULL, telephone text NOT NULL)`,
    `CREATE TABLE ${schema}.directory_practitioner (
      team_id uuid, practitioner_id uuid, PRIMARY KEY (team_id, practitioner_id))`,
    ...grants('referrals', `${schema}.directory_team`, 'SELECT'),
    ...grants('referrals', `${schema}.directory_practitioner`, 'SELECT'),
  ],

  async apply(tx, events, schema) {
    const opened = events.filter(({ type }) => type === teamOpened.type);
    const joined = events.filter(({ type }) => type === practitionerJoinedTeam.type);
    if (opened.length > 0) await tx.query(addTeams(schema), [JSON.stringify(opened.map(({ data }) => data))]);
    if (joined.length > 0) await tx.query(addPractitioners(schema), [JSON.stringify(joined.map(({ data }) => data))]);
  },
};

const addTeams = (schema: string): string => `INSERT INTO ${schema}.directory_team
  SELECT "teamId", organisation, kind, telephone
  FROM json_to_recordset($1) AS e ("teamId" uuid, organisation text, kind text, telephone text)
  ON CONFLICT (team_id) DO NOTHING`;

/** Somebody may have joined twice: once is enough. */
const addPractitioners = (schema: string): string => `INSERT INTO ${schema}.directory_practitioner
  SELECT "teamId", "practitionerId" FROM json_to_recordset($1) AS e ("teamId" uuid, "practitionerId" uuid)
  ON CONFLICT DO NOTHING`;
