import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A death that is told otherwise corrects what was published of it. Of deaths from before, that is not known. */
export class ClosingByDeath1764079200000 implements MigrationInterface {
  readonly name = 'ClosingByDeath1764079200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE referral ADD COLUMN closing_event_id uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE referral DROP COLUMN closing_event_id');
  }
}
