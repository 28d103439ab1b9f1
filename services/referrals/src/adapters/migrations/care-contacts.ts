import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each contact is a step on the way of its referral; here stands what they come to. */
export class CareContacts1764122400000 implements MigrationInterface {
  readonly name = 'CareContacts1764122400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE referral ADD contact_from timestamptz, ADD first_contact_at timestamptz,
      ADD first_visit_at timestamptz, ADD last_in_touch_at timestamptz`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
