import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPEN = `WHERE status IN ('proposed', 'accepted')`;

/** A team's open transfers are few; those that are over grow for ever. */
export class OpenTransfers1764068400000 implements MigrationInterface {
  readonly name = 'OpenTransfers1764068400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const side of ['from', 'to'])
      await runner.query(`CREATE INDEX open_transfer_${side} ON transfer (${side}_team_id, id) ${OPEN}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const side of ['from', 'to']) await runner.query(`DROP INDEX open_transfer_${side}`);
  }
}
