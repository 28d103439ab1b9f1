import { DataSource, type MigrationInterface } from 'typeorm';
import type { Pool } from 'pg';
import { connectionOf, type DatabaseConfig } from './pools';

export type MigrationClass = new () => MigrationInterface;

const TABLE = 'migrations';

/** Brings a service's schema to this release, as its owner. Two at once wait for each other. */
export async function migrate(config: DatabaseConfig, migrations: MigrationClass[]): Promise<string[]> {
  const { host, port, user, password, database } = connectionOf(config, 'owner');
  const source = new DataSource({
    type: 'postgres',
    host,
    port,
    username: user,
    password: String(password),
    database,
    migrations,
    migrationsTableName: TABLE,
    extra: { max: 2 },
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query(`SELECT pg_advisory_lock(hashtext('homeward.migrate'))`);
    const done = await source.runMigrations({ transaction: 'each' });
    return done.map(({ name }) => name);
  } finally {
    await lock.query(`SELECT pg_advisory_unlock(hashtext('homeward.migrate'))`).catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}

/** Refuses to run on a schema that lacks a migration of this release, or on another PostgreSQL than 18 or later. */
export async function checkSchema(worker: Pool, migrations: MigrationClass[]): Promise<void> {
  const version = await worker.query<{ v: number }>(`SELECT current_setting('server_version_num')::int AS v`);
  if ((version.rows[0]?.v ?? 0) < 180_000) throw new Error('PostgreSQL 18 or later is needed');
  const { rows: there } = await worker.query<{ there: boolean }>(`SELECT to_regclass('${TABLE}') IS NOT NULL AS there`);
  const { rows } = there[0]?.there ? await worker.query<{ name: string }>(`SELECT name FROM ${TABLE}`) : { rows: [] };
  const done = new Set(rows.map(({ name }) => name));
  const missing = migrations.map(({ name }) => name).filter((name) => !done.has(name));
  if (missing.length > 0) throw new Error(`The database lacks ${missing.join(', ')}: run \`npm run ops -- migrate\``);
}
