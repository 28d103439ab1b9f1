import { eachRightForItself } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EachRightForItself1764129600000 implements MigrationInterface {
  readonly name = 'EachRightForItself1764129600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(eachRightForItself);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
