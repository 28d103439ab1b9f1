import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One team's list is read in its order, however many others its organisation has. */
export class WorklistOfTeam1764068400000 implements MigrationInterface {
  readonly name = 'WorklistOfTeam1764068400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX referral_open_of_team ON referral (intake_team_id, severity, received_at, id) WHERE decided_at IS NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX referral_open_of_team');
  }
}
