import { foundationTables, grants, rowLevelSecurity } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const REFERRAL = [
  `CREATE TABLE referral (
    id uuid PRIMARY KEY, person_id uuid NOT NULL, version int NOT NULL,
    status text NOT NULL CHECK (status IN ('received', 'accepted', 'rejected')),
    person_id_given boolean NOT NULL, referrer_organisation text NOT NULL,
    intake_organisation text NOT NULL, intake_team_id uuid NOT NULL,
    source_code text NOT NULL, primary_reason_code text NOT NULL, priority text NOT NULL,
    immediate_risk boolean NOT NULL, consent text NOT NULL, received_at timestamptz NOT NULL, reason text NOT NULL,
    severity smallint NOT NULL,
    decided_at timestamptz,
    accepting_organisation text, team_id uuid, coordinator_id uuid, duty_holder_id uuid, duty_until timestamptz,
    decided_priority text,
    rejection_code text, local_reason_code text, criterion_codes text[], criteria_version text, signpost_codes text[],
    risk_band text, explanation text,
    CHECK ((status = 'received') = (decided_at IS NULL)),
    -- An accepted referral has a team and somebody who answers; who is on duty has an end (DEC-04).
    CHECK (status <> 'accepted' OR (team_id IS NOT NULL AND num_nonnulls(coordinator_id, duty_holder_id) = 1)),
    CHECK ((duty_holder_id IS NULL) = (duty_until IS NULL)),
    CHECK (status <> 'rejected' OR cardinality(signpost_codes) > 0))`,
  'CREATE INDEX referral_worklist ON referral (intake_organisation, status, severity, received_at, id)',
  'CREATE INDEX referral_person ON referral (person_id)',
  ...rowLevelSecurity('referral'),
  // A right that ended hides the person, not what an organisation wrote itself (DEC-32).
  `CREATE POLICY wrote_itself ON referral
    USING (current_setting('app.principal', true) IN (referrer_organisation, intake_organisation))`,
  ...grants('referrals', 'referral', 'SELECT, INSERT, UPDATE'),
];

export class Begin1764028800000 implements MigrationInterface {
  readonly name = 'Begin1764028800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...foundationTables('referrals'), ...REFERRAL]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the first migration is not undone: drop the database');
  }
}
