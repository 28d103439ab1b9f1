import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrStartKafka } from '../../../infra/local/find-kafka';
import { freePort } from '../../../infra/local/ports';
import { startPostgres, type PostgresServer } from '../../../infra/local/postgres';
import { keepForTeardown } from './run-infrastructure';

/**
 * One PostgreSQL and, where there is one, one Kafka for the whole run. `KAFKA=required` makes a missing broker a
 * failure, `KAFKA=off` leaves it out.
 */
export default async function globalSetup(): Promise<void> {
  process.env['LOG_LEVEL'] ??= 'silent'; // a run is read for its results
  const folder = mkdtempSync(join(tmpdir(), 'homeward-test-'));
  chmodSync(folder, 0o755); // PostgreSQL may run under another account than ours
  const [postgres, kafka] = await bothOrNone(
    startPostgres({
      dataDir: join(folder, 'postgres'),
      port: await freePort(),
      logFile: join(folder, 'postgres.log'),
      settings: { fsync: 'off', full_page_writes: 'off' }, // a killed process is survived without; power cuts are not tested
    }),
    testKafka(folder),
  );
  keepForTeardown({ folder, postgres, kafka: 'started' in kafka ? kafka.started : undefined });
  const { host, port, user, password } = postgres;
  process.env['HOMEWARD_TEST_PG'] = JSON.stringify({ host, port, user, password });
  if ('brokers' in kafka) process.env['KAFKA_BROKERS'] = kafka.brokers.join(',');
}

/** A run that cannot begin leaves no server behind: its teardown will not be called. */
async function bothOrNone<K>(starting: Promise<PostgresServer>, other: Promise<K>): Promise<[PostgresServer, K]> {
  const [server, found] = await Promise.allSettled([starting, other]);
  if (server.status === 'rejected') throw server.reason;
  if (found.status === 'fulfilled') return [server.value, found.value];
  await server.value.stop();
  throw found.reason;
}

async function testKafka(folder: string) {
  if (process.env['KAFKA'] === 'off') return { missing: 'KAFKA=off' };
  const options = async () => ({
    dataDir: join(folder, 'kafka'),
    port: await freePort(),
    controllerPort: await freePort(),
    logFile: join(folder, 'kafka.log'),
  });
  const found = await findOrStartKafka(options, (line) => process.stderr.write(`${line}\n`));
  if ('missing' in found && process.env['KAFKA'] === 'required') {
    throw new Error(
      `KAFKA=required, and there is no broker: ${found.missing}. Set KAFKA_BROKERS, or install Docker, or Java 17 and Maven.`,
    );
  }
  return found;
}
