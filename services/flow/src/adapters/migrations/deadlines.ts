import { deadlineTable } from '@homeward/deadlines';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What started before has none: it rings no alarm (DEC-06). */
export class Deadlines1764093600000 implements MigrationInterface {
  readonly name = 'Deadlines1764093600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of deadlineTable('flow')) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE deadline');
  }
}
