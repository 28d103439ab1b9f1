import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a transfer was declined or withdrawn; whoever answered one reads on what it wrote itself (DEC-32). */
const TRANSFERS = [
  'ALTER TABLE transfer ADD end_reason_code text, ADD alternative_code text, ADD explanation text',
  // There is always an offer beside a no (TRF-06).
  `ALTER TABLE transfer ADD CONSTRAINT declined_with_an_alternative
    CHECK (status <> 'declined' OR (end_reason_code IS NOT NULL AND alternative_code IS NOT NULL))`,
  `CREATE POLICY wrote_itself ON transfer USING (to_organisation = current_setting('app.principal', true)
    AND (status = 'declined' OR accepted_at IS NOT NULL))`,
];

export class TransferAnswers1764070200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TRANSFERS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
