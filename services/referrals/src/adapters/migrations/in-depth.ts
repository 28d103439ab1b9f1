import { grants, rowLevelSecurity } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const REFERRAL = [
  `ALTER TABLE referral
    ADD held_since timestamptz, ADD at_immediate_risk boolean, ADD earlier_intakes text[] NOT NULL DEFAULT '{}',
    -- A day in London.
    ADD asked_due text, ADD asked_items text[], ADD asked_of text, ADD asked_at timestamptz, ADD question text,
    ADD triage_priority text, ADD triage_risk_band text, ADD triage_risk_passed boolean,
    ADD triaged_at timestamptz, ADD triage_explanation text,
    ADD redirect_organisation text, ADD redirect_team_id uuid, ADD redirect_reason_code text,
    ADD redirected_at timestamptz, ADD redirect_explanation text,
    ADD closing_code text, ADD capacity text,
    DROP CONSTRAINT referral_status_check, DROP CONSTRAINT referral_check,
    ADD CONSTRAINT referral_status CHECK (status IN
      ('received', 'awaiting-information', 'redirected', 'accepted', 'rejected', 'closed')),
    ADD CONSTRAINT referral_decided CHECK ((status IN ('accepted', 'rejected', 'closed')) = (decided_at IS NOT NULL)),
    -- While it is passed on somebody is asked, and else nobody (DEC-04).
    ADD CONSTRAINT referral_redirected CHECK ((status = 'redirected') = (redirected_at IS NOT NULL)
      AND (redirected_at IS NULL) = (redirect_team_id IS NULL)),
    ADD CONSTRAINT referral_closed CHECK ((status = 'closed') = (closing_code IS NOT NULL))`,
  `CREATE INDEX referral_open ON referral (intake_organisation, severity, received_at, id) WHERE decided_at IS NULL`,
  `CREATE INDEX referral_to_acknowledge ON referral (redirect_organisation, severity, received_at, id)
    WHERE redirect_organisation IS NOT NULL`,
  // Who passed it on reads on what it wrote itself (DEC-32); what of it, the query says.
  `CREATE POLICY wrote_itself_before ON referral
    USING (current_setting('app.principal', true) = ANY (earlier_intakes))`,
];

/** What was written on the way: nothing in it changes, and each step is its writer's. */
const STEP = [
  `CREATE TABLE referral_step (
    referral_id uuid NOT NULL REFERENCES referral, version int NOT NULL, person_id uuid NOT NULL,
    organisation text NOT NULL, type text NOT NULL, happened_at timestamptz NOT NULL, codes jsonb NOT NULL, words text,
    PRIMARY KEY (referral_id, version))`,
  ...rowLevelSecurity('referral_step'),
  `CREATE POLICY wrote_itself ON referral_step USING (organisation = current_setting('app.principal', true))`,
  ...grants('referrals', 'referral_step', 'SELECT, INSERT'),
];

export class InDepth1764061200000 implements MigrationInterface {
  readonly name = 'InDepth1764061200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...REFERRAL, ...STEP]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('what was written would be lost: restore a backup instead');
  }
}
