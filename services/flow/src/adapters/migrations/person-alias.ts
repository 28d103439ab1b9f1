import { grants } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ids that mean one person: each old id beside every survivor that it ever had, so that nobody follows a chain. */
const PERSON_ALIAS = [
  `CREATE TABLE person_alias (
    survivor_id uuid, alias_id uuid, PRIMARY KEY (survivor_id, alias_id), CHECK (survivor_id <> alias_id))`,
  'ALTER TABLE person_alias ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE person_alias FORCE ROW LEVEL SECURITY',
  `CREATE POLICY related ON person_alias USING (EXISTS (SELECT FROM relationship r
    WHERE r.person_id = ANY (ARRAY[survivor_id, alias_id])
      AND r.organisation = current_setting('app.principal', true)))`,
  ...grants('flow', 'person_alias', 'SELECT'),
];

export class PersonAlias1764064800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of PERSON_ALIAS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
