import { roleName } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each old id beside every survivor that it ever had. No request reads it: only the worker may. */
const PERSON_ALIAS = [
  `CREATE TABLE person_alias (
    survivor_id uuid, alias_id uuid, PRIMARY KEY (survivor_id, alias_id), CHECK (survivor_id <> alias_id))`,
  `GRANT SELECT, INSERT ON person_alias TO ${roleName('referrals', 'worker')}`,
];

export class PersonAlias1764064800000 implements MigrationInterface {
  readonly name = 'PersonAlias1764064800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of PERSON_ALIAS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('what was written would be lost: restore a backup instead');
  }
}
