import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The survivors of an old id: the key begins with the survivor. */
export class AliasByOldId1764075600000 implements MigrationInterface {
  readonly name = 'AliasByOldId1764075600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX person_alias_alias ON person_alias (alias_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX person_alias_alias');
  }
}
