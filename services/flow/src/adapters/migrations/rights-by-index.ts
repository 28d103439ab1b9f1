import { rightsByIndex } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RightsByIndex1764072000000 implements MigrationInterface {
  readonly name = 'RightsByIndex1764072000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of rightsByIndex('flow', ['hospital_stay'])) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
