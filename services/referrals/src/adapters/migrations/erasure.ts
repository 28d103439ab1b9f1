import { stayErased } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STAY_ERASED = [
  ...stayErased('referral', {
    reason: `''`,
    question: 'NULL',
    triage_explanation: 'NULL',
    redirect_explanation: 'NULL',
    explanation: 'NULL',
  }),
  ...stayErased('referral_step', { words: 'NULL' }),
];

export class Erasure1764104400000 implements MigrationInterface {
  readonly name = 'Erasure1764104400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STAY_ERASED) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
