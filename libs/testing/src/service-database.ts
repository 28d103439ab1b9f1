import { systemClock } from '@homeward/kernel';
import { installProjections, type EventLog, type Projection } from '@homeward/messaging';
import {
  Database,
  migrate,
  openPools,
  type CommandContext,
  type DatabaseConfig,
  type DatabaseOptions,
  type MigrationClass,
  type Pools,
  type Principal,
} from '@homeward/persistence';
import { randomUUID } from 'node:crypto';
import { createTestDatabase, testServer } from './databases';

/** A service's own database as a suite needs it: migrated, with the pools and the `Database` that handlers are given. */
export interface ServiceDatabase {
  config: DatabaseConfig;
  database: Database;
  pools: Pools;
  /** Past row-level security, for what a test wants to see or lay down. */
  asWorker<R>(text: string, values?: unknown[]): Promise<R[]>;
  /** As a request's own role, with nothing but the principal's organisation set: what the second wall shows. */
  asApp<R>(organisation: string | undefined, text: string, values?: unknown[]): Promise<R[]>;
  drop(): Promise<void>;
}

export async function createServiceDatabase(
  service: string,
  migrations: readonly MigrationClass[],
  { projections = [], ...options }: Partial<DatabaseOptions> & { projections?: readonly Projection[] } = {},
): Promise<ServiceDatabase> {
  const { host, port, password } = testServer();
  const made = await createTestDatabase(service);
  const config = { service, host, port, password, database: made.name };
  await migrate(config, [...migrations]);
  const pools = openPools(config);
  // Nothing was taken yet, so nothing is read from the log.
  await installProjections({ config, worker: pools.worker, log: {} as EventLog, projections });
  const database = new Database({ service, app: pools.app, worker: pools.worker, clock: systemClock, ...options });
  const asWorker = async <R>(text: string, values?: unknown[]) => (await pools.worker.query(text, values)).rows as R[];
  return {
    config,
    database,
    pools,
    asWorker,
    asApp: async <R>(organisation: string | undefined, text: string, values?: unknown[]) => {
      const client = await pools.app.connect();
      try {
        await client.query('BEGIN');
        if (organisation !== undefined) {
          await client.query(
            `SELECT set_config('app.principal', $1, true), set_config('app.now', clock_timestamp()::text, true)`,
            [organisation],
          );
        }
        return (await client.query(text, values)).rows as R[];
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    },
    drop: async () => {
      await pools.end();
      await made.drop();
    },
  };
}

/** Somebody who calls: `caller({ organisation: 'RZ1', teams: […] })`. */
export function caller(claims: Partial<Principal> & { organisation: string }): Principal {
  return { sub: randomUUID(), teams: [], roles: ['team-lead'], purpose: 'direct-care', ...claims };
}

/** The context that a route would have made, with an idempotency key of its own. */
export function commandOf(principal: Principal, context: Partial<CommandContext> = {}): CommandContext {
  return {
    principal,
    role: principal.roles[0] ?? 'none',
    action: 'test',
    route: '/test',
    correlationId: randomUUID(),
    idempotency: { key: randomUUID(), fingerprint: 'test' },
    ...context,
  };
}
