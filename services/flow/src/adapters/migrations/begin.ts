import { foundationTables, grants, rowLevelSecurity } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const SERVICE = 'flow';

/** Staff and teams: no row-level security, every caller may know who answers the telephone. */
const TEAMS = [
  `CREATE TABLE team (
    id uuid PRIMARY KEY, organisation text NOT NULL, name text NOT NULL, kind text NOT NULL, telephone text NOT NULL,
    opened_at timestamptz NOT NULL)`,
  `CREATE TABLE practitioner (
    team_id uuid NOT NULL REFERENCES team, id uuid NOT NULL, name text NOT NULL, role text NOT NULL, telephone text,
    "from" timestamptz NOT NULL, until timestamptz, PRIMARY KEY (team_id, id))`,
];

/** "Exactly one accountable team and one who answers" is held by the tables, not by a check (TRF-03, DEC-04). */
const EPISODES = [
  `CREATE TABLE episode (
    id uuid PRIMARY KEY, person_id uuid NOT NULL, referral_id uuid NOT NULL,
    accountable_team_id uuid NOT NULL REFERENCES team,
    coordinator_id uuid NOT NULL, duty_until timestamptz,
    opened_at timestamptz NOT NULL, closed_at timestamptz CHECK (closed_at > opened_at),
    version int NOT NULL DEFAULT 1)`,
  `COMMENT ON COLUMN episode.coordinator_id IS 'who answers: the co-ordinator, or where duty_until is set the duty holder'`,
  'CREATE UNIQUE INDEX one_open_episode ON episode (person_id) WHERE closed_at IS NULL',
  'CREATE INDEX episode_person ON episode (person_id)',
  `CREATE TABLE episode_team (
    episode_id uuid NOT NULL REFERENCES episode, team_id uuid NOT NULL REFERENCES team, person_id uuid NOT NULL,
    referral_id uuid NOT NULL, joined_at timestamptz NOT NULL, PRIMARY KEY (episode_id, team_id))`,
  `CREATE TABLE accountability (
    person_id uuid, team_id uuid NOT NULL REFERENCES team, episode_id uuid NOT NULL REFERENCES episode,
    during tstzrange NOT NULL, PRIMARY KEY (person_id, during WITHOUT OVERLAPS))`,
  `CREATE TABLE accountability_fact (
    id uuid PRIMARY KEY, person_id uuid NOT NULL, episode_id uuid NOT NULL REFERENCES episode,
    kind text NOT NULL, team_id uuid NOT NULL REFERENCES team,
    occurred_at timestamptz NOT NULL, recorded_at timestamptz NOT NULL, corrects uuid REFERENCES accountability_fact)`,
  'CREATE INDEX accountability_fact_person ON accountability_fact (person_id)',
];

const TRANSFERS = [
  `CREATE TABLE transfer (
    id uuid PRIMARY KEY, person_id uuid NOT NULL, episode_id uuid NOT NULL REFERENCES episode,
    from_team_id uuid NOT NULL REFERENCES team, from_organisation text NOT NULL,
    to_team_id uuid NOT NULL REFERENCES team, to_organisation text NOT NULL,
    reason_code text NOT NULL, priority text NOT NULL, risk_assessed_at timestamptz NOT NULL,
    proposed_at timestamptz NOT NULL,
    coordinator_id uuid, duty_until timestamptz, starts_at timestamptz, accepted_at timestamptz,
    first_contact_at timestamptz, person_informed_at timestamptz, completed_at timestamptz,
    status text NOT NULL, version int NOT NULL DEFAULT 1)`,
  `CREATE UNIQUE INDEX one_open_transfer ON transfer (episode_id) WHERE status IN ('proposed', 'accepted')`,
  'CREATE INDEX transfer_from ON transfer (from_team_id, id)',
  'CREATE INDEX transfer_to ON transfer (to_team_id, id)',
];

const WORK_ITEMS = [
  `CREATE TABLE work_item (
    id uuid PRIMARY KEY DEFAULT uuidv7(), team_id uuid NOT NULL REFERENCES team, person_id uuid NOT NULL,
    episode_id uuid NOT NULL REFERENCES episode, referral_id uuid NOT NULL,
    kind text NOT NULL, opened_at timestamptz NOT NULL)`,
  'CREATE INDEX work_item_team ON work_item (team_id, id)',
];

const PERMITTED: [table: string, app: string][] = [
  ['team', 'SELECT, INSERT'],
  ['practitioner', 'SELECT, INSERT'],
  ['episode', 'SELECT, UPDATE'],
  ['episode_team', 'SELECT'],
  ['accountability', 'SELECT, INSERT, DELETE'],
  ['accountability_fact', 'SELECT, INSERT'],
  ['transfer', 'SELECT, INSERT, UPDATE'],
  ['work_item', 'SELECT'],
];

const ABOUT_PEOPLE = ['episode', 'episode_team', 'accountability', 'accountability_fact', 'transfer', 'work_item'];

export class Begin1764028800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...foundationTables(SERVICE),
      ...TEAMS,
      ...EPISODES,
      ...TRANSFERS,
      ...WORK_ITEMS,
      ...ABOUT_PEOPLE.flatMap(rowLevelSecurity),
      ...PERMITTED.flatMap(([table, app]) => grants(SERVICE, table, app)),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
