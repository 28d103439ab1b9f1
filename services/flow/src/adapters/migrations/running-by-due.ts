import { runningByDue } from '@homeward/deadlines';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RunningByDue1764133200000 implements MigrationInterface {
  readonly name = 'RunningByDue1764133200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of runningByDue) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
