import { roleName } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const APP = roleName('flow', 'app');

/** The team that was asked may say that it is done; whose it is, is the policy's to say. */
export class SettleWorkItems1764082800000 implements MigrationInterface {
  readonly name = 'SettleWorkItems1764082800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT UPDATE (settled_at) ON work_item TO ${APP}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`REVOKE UPDATE (settled_at) ON work_item FROM ${APP}`);
  }
}
