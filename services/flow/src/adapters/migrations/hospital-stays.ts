import { grants, roleName, rowLevelSecurity } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const SERVICE = 'flow';

/** A fact now tells who answers, and of a hospital stay which; a death names no team. */
const FACTS = [
  `ALTER TABLE accountability_fact ADD COLUMN coordinator_id uuid, ADD COLUMN duty_until timestamptz,
    ADD COLUMN hospital_stay_id uuid, ALTER COLUMN episode_id DROP NOT NULL, ALTER COLUMN team_id DROP NOT NULL,
    ADD CONSTRAINT a_team_or_a_death CHECK (kind = 'died' OR (team_id IS NOT NULL AND episode_id IS NOT NULL))`,
  'CREATE INDEX accountability_fact_stay ON accountability_fact (hospital_stay_id) WHERE hospital_stay_id IS NOT NULL',
];

/** An admission may open one, without a referral; one told of after the death ends where it began. */
const EPISODES = [
  `ALTER TABLE episode ALTER COLUMN referral_id DROP NOT NULL, ADD COLUMN hospital_stay_id uuid,
    ADD COLUMN community_team_id uuid REFERENCES team, ADD COLUMN community_coordinator_id uuid,
    ADD COLUMN community_duty_until timestamptz, ADD COLUMN closed_reason text,
    DROP CONSTRAINT episode_check, ADD CONSTRAINT ends_after_it_began CHECK (closed_at >= opened_at)`,
  `COMMENT ON COLUMN episode.community_team_id IS 'named beside the hospital while a stay lasts'`,
];

const HOSPITAL_STAYS = [
  `CREATE TABLE hospital_stay (
    id uuid PRIMARY KEY, person_id uuid NOT NULL, discharge_accepted_at timestamptz, version int NOT NULL DEFAULT 1)`,
  'CREATE INDEX hospital_stay_person ON hospital_stay (person_id)',
  ...rowLevelSecurity('hospital_stay'),
  ...grants(SERVICE, 'hospital_stay', 'SELECT'),
];

/** When a transfer came to nothing. */
const TRANSFERS = ['ALTER TABLE transfer ADD COLUMN ended_at timestamptz'];

/** Whoever was told may go on reading what it was told, also where its view of the person has ended. */
const WORK_ITEMS = [
  `ALTER TABLE work_item ALTER COLUMN referral_id DROP NOT NULL, ALTER COLUMN episode_id DROP NOT NULL,
    ADD COLUMN subject text, ADD COLUMN settled_at timestamptz`,
  'CREATE INDEX work_item_person ON work_item (person_id) WHERE settled_at IS NULL',
  'DROP POLICY related ON work_item',
  `CREATE POLICY own_team ON work_item USING (EXISTS (SELECT FROM team t
    WHERE t.id = work_item.team_id AND t.organisation = current_setting('app.principal', true)))`,
];

/** As the worker, whom row-level security lets see all: who answers now is told to the facts that say so. */
const WHO_ANSWERED = [
  `SET LOCAL ROLE ${roleName(SERVICE, 'worker')}`,
  `UPDATE accountability_fact f SET coordinator_id = t.coordinator_id, duty_until = t.duty_until
    FROM transfer t WHERE t.id = f.id`,
  `UPDATE accountability_fact f SET coordinator_id = e.coordinator_id, duty_until = e.duty_until
    FROM episode e WHERE e.id = f.id AND f.team_id = e.accountable_team_id`,
  'RESET ROLE',
];

export class HospitalStays1764061200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...FACTS, ...EPISODES, ...HOSPITAL_STAYS, ...TRANSFERS, ...WORK_ITEMS, ...WHO_ANSWERED]) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
