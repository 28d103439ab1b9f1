import { stayErased } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Erasure1764104400000 implements MigrationInterface {
  readonly name = 'Erasure1764104400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of stayErased('transfer', { explanation: 'NULL' })) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
