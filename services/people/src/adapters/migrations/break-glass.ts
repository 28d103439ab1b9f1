import { grants } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Looks by break-glass, with the words that stay here. Written as the worker, since who looks has no right to the person;
 * read and reviewed by the organisation of who looked.
 */
const BREAK_GLASS = [
  `CREATE TABLE break_glass (
    id uuid PRIMARY KEY, person_id uuid NOT NULL REFERENCES person, alias_ids uuid[] NOT NULL,
    organisation text NOT NULL, practitioner_id uuid NOT NULL, reason_code text NOT NULL, words text,
    opened_at timestamptz NOT NULL, until timestamptz NOT NULL CHECK (until > opened_at), review_by date NOT NULL,
    outcome text, reviewed_at timestamptz, reviewer_id uuid, review_words text,
    CHECK (num_nulls(outcome, reviewed_at, reviewer_id) IN (0, 3)),
    CHECK (reviewer_id <> practitioner_id))`,
  'CREATE INDEX break_glass_to_review ON break_glass (organisation, id) WHERE outcome IS NULL',
  'CREATE INDEX break_glass_practitioner ON break_glass (practitioner_id, opened_at)',
  'ALTER TABLE break_glass ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE break_glass FORCE ROW LEVEL SECURITY',
  `CREATE POLICY own ON break_glass USING (organisation = current_setting('app.principal', true))`,
  ...grants('people', 'break_glass', 'SELECT, UPDATE'),
];

export class BreakGlass1764093600000 implements MigrationInterface {
  readonly name = 'BreakGlass1764093600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of BREAK_GLASS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
