import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerAddress } from '../../../infra/local/databases';
import { freePort } from '../../../infra/local/ports';
import { startPostgres } from '../../../infra/local/postgres';

/** A PostgreSQL server of a suite's own, for suites that kill it. */
export interface TestDatabaseServer {
  address: ServerAddress;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** On the same data, at the same port. */
  start(): Promise<void>;
  /** Ends it and forgets its data. */
  remove(): Promise<void>;
}

export async function startDatabaseServer(): Promise<TestDatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-database-'));
  chmodSync(folder, 0o755); // PostgreSQL may run under another account than ours
  const options = { dataDir: join(folder, 'data'), port: await freePort(), logFile: join(folder, 'server.log') };
  let server = await startPostgres(options);
  const { host, port, user, password } = server;
  return {
    address: { host, port, user, password },
    kill: () => server.kill(),
    start: async () => void (server = await startPostgres(options)),
    remove: async () => {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
