import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A death that is told otherwise corrects what was published of it. Of deaths from before, that is not known. */
export class ClosingOfADeath1764079200000 implements MigrationInterface {
  readonly name = 'ClosingOfADeath1764079200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accountability_fact ADD COLUMN closing_id uuid');
    await runner.query(
      `COMMENT ON COLUMN accountability_fact.closing_id IS 'of a death: the latest event that closed an episode by it'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accountability_fact DROP COLUMN closing_id');
  }
}
