import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migratePostgresLog, type EventLogConfig } from '@homeward/messaging';
import { createDatabase, createRoles } from '../../../infra/local/databases';
import { startOwnKafka } from '../../../infra/local/find-kafka';
import { freePort } from '../../../infra/local/ports';
import { startPostgres } from '../../../infra/local/postgres';

/** An event log on a server of a suite's own, for suites that kill it. */
export interface TestLogServer {
  config: EventLogConfig;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** On the same data, at the same port. */
  start(): Promise<void>;
  /** Ends it and forgets its data. */
  remove(): Promise<void>;
}

export async function startLogServer(kind: 'postgres' | 'kafka'): Promise<TestLogServer> {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-log-'));
  chmodSync(folder, 0o755); // PostgreSQL may run under another account than ours
  const options = { dataDir: join(folder, 'data'), port: await freePort(), logFile: join(folder, 'server.log') };
  const controllerPort = await freePort();
  const launch = async () =>
    kind === 'kafka'
      ? (await startOwnKafka(() => Promise.resolve({ ...options, controllerPort }))).started
      : startPostgres(options);
  let server = await launch();
  const config = 'brokers' in server ? kafkaConfig(server.brokers) : await postgresConfig(server);
  const start = async (): Promise<void> => void (server = await launch());
  const remove = async (): Promise<void> => {
    await ('forget' in server ? server.forget() : server.kill());
    rmSync(folder, { recursive: true, force: true });
  };
  return { config, kill: () => server.kill(), start, remove };
}

const kafkaConfig = (brokers: string[]): EventLogConfig => ({
  kind: 'kafka',
  brokers,
  clientId: 'test',
  idleWaitMs: 250,
});

async function postgresConfig(server: Parameters<typeof createRoles>[0]): Promise<EventLogConfig> {
  const { host, port, password } = server;
  await createRoles(server, 'event_log');
  await createDatabase(server, 'event_log', 'event_log');
  await migratePostgresLog({ host, port, password });
  return { kind: 'postgres', host, port, password };
}
