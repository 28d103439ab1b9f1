import { auditChainTables } from '@homeward/audit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AuditChain1764090000000 implements MigrationInterface {
  readonly name = 'AuditChain1764090000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of auditChainTables('referrals')) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
