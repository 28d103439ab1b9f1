import { grants, roleName } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is left of somebody who was erased: under each id that meant them, when, why and who approved it. No request reads it. */
const ERASED_PERSON = [
  `CREATE TABLE erased_person (
    person_id uuid PRIMARY KEY, erased_at timestamptz NOT NULL, reason_code text NOT NULL, approved_by uuid NOT NULL)`,
  `GRANT SELECT, INSERT ON erased_person TO ${roleName('people', 'worker')}`,
];

/** Who could read the person until then is told that they are erased; to everybody else there never was anybody. */
const TOLD_OF_ERASURE = [
  `CREATE TABLE told_of_erasure (
    person_id uuid, organisation text, erased_at timestamptz NOT NULL, PRIMARY KEY (person_id, organisation))`,
  'ALTER TABLE told_of_erasure ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE told_of_erasure FORCE ROW LEVEL SECURITY',
  `CREATE POLICY own ON told_of_erasure USING (organisation = current_setting('app.principal', true))`,
  ...grants('people', 'told_of_erasure', 'SELECT'),
];

/** Which ids mean one person, and who looked, are coded facts: they outlast the person's row. */
const OUTLAST = [
  `ALTER TABLE person_alias DROP CONSTRAINT person_alias_alias_id_fkey, DROP CONSTRAINT person_alias_survivor_id_fkey`,
  'ALTER TABLE break_glass DROP CONSTRAINT break_glass_person_id_fkey',
];

export class Erasure1764104400000 implements MigrationInterface {
  readonly name = 'Erasure1764104400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...ERASED_PERSON, ...TOLD_OF_ERASURE, ...OUTLAST]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
