import { randomBytes } from 'node:crypto';
import type { ClientConfig } from 'pg';
import {
  asSuperuser,
  connectionAs,
  createDatabase,
  createRoles,
  databaseName,
  type Role,
  type ServerAddress,
} from '../../../infra/local/databases';

/** A database of a suite's own, on the run's one PostgreSQL server. */
export interface TestDatabase {
  name: string;
  /** How a role of the service connects; `superuser` is for what no role of a service may do. */
  config(role: Role | 'superuser'): ClientConfig;
  drop(): Promise<void>;
}

/** The server that the run started (jest's global set-up). */
export function testServer(): ServerAddress {
  const address = process.env['HOMEWARD_TEST_PG'];
  if (address === undefined) throw new Error('HOMEWARD_TEST_PG is not set: run this suite as *.int.spec.ts.');
  return JSON.parse(address) as ServerAddress;
}

/**
 * Makes roles and an empty database for `service` (`event_log` for the Postgres log) and hands `migrate` the owner's
 * connection. On the run's server, unless the suite has one of its own (`startDatabaseServer`).
 */
export async function createTestDatabase(
  service: string,
  migrate: (owner: ClientConfig) => Promise<void> = () => Promise.resolve(),
  server: ServerAddress = testServer(),
): Promise<TestDatabase> {
  const name = `${databaseName(service)}_t_${randomBytes(4).toString('hex')}`;
  await createRoles(server, service);
  await createDatabase(server, name, service);
  const config = (role: Role | 'superuser'): ClientConfig =>
    role === 'superuser' ? { ...server, database: name } : connectionAs(server, service, role, name);
  await migrate(config('owner'));
  const drop = () =>
    asSuperuser(server, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    });
  return { name, config, drop };
}

/** The run's Kafka, or undefined where there is none. */
export function testKafka(): string[] | undefined {
  return process.env['KAFKA_BROKERS']?.split(',').filter((broker) => broker !== '');
}

/** For `describe.each`: both logs, or the Postgres log alone on a machine without a broker. */
export function logsUnderTest(): ('postgres' | 'kafka')[] {
  return testKafka() === undefined ? ['postgres'] : ['postgres', 'kafka'];
}
