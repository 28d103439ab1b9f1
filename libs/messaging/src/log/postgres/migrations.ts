import { migrate } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asDatabase, type PostgresLogConfig } from './config';

/** Records are appended and never changed: `event_log_app` may not. */
class EventLog1764000000000 implements MigrationInterface {
  name = 'EventLog1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE log_head (
        topic text, partition smallint, next_offset bigint NOT NULL DEFAULT 0, PRIMARY KEY (topic, partition))
        WITH (fillfactor = 50)`,
      `CREATE TABLE log_record (
        topic text, partition smallint, "offset" bigint, key text NOT NULL, headers text NOT NULL, value text NOT NULL,
        PRIMARY KEY (topic, partition, "offset"))`,
      `CREATE TABLE log_member (
        group_name text, member uuid, topics text[] NOT NULL, seen_at timestamptz NOT NULL,
        PRIMARY KEY (group_name, member)) WITH (fillfactor = 50)`,
      `CREATE TABLE log_position (
        group_name text, topic text, partition smallint, position bigint NOT NULL DEFAULT 0,
        owner uuid, epoch bigint NOT NULL DEFAULT 0, PRIMARY KEY (group_name, topic, partition))
        WITH (fillfactor = 50)`,
      'GRANT SELECT, INSERT, UPDATE ON log_head TO event_log_app',
      'GRANT SELECT, INSERT ON log_record TO event_log_app',
      'GRANT SELECT, INSERT, UPDATE, DELETE ON log_member, log_position TO event_log_app',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE log_position, log_member, log_record, log_head');
  }
}

/** Brings the database `event_log` to this release, as `event_log_owner`. */
export const migratePostgresLog = (config: PostgresLogConfig): Promise<string[]> =>
  migrate(asDatabase(config), [EventLog1764000000000]);
