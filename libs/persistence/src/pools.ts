import { Pool, type PoolConfig } from 'pg';

export interface DatabaseConfig {
  service: string;
  host: string;
  port: number;
  password: string;
  /** The service's name unless given. */
  database?: string;
}

export type DatabaseRole = 'owner' | 'app' | 'worker';

export const roleName = (service: string, role: DatabaseRole): string => `${service.replaceAll('-', '_')}_${role}`;
export const databaseName = (service: string): string => service.replaceAll('-', '_');

/** `lock_timeout` answers 503 instead of a queue; `transaction_timeout` ends what nobody waits for any more. */
const LIMITS = '-c lock_timeout=2000 -c transaction_timeout=30000';

/**
 * A plan is kept, also one that was made while a table was small, and then reads all of it when it has grown. What a
 * service asks is about few rows, found by an index.
 */
const BY_INDEX = '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off';

const SESSION = `${LIMITS} ${BY_INDEX} -c timezone=UTC`;

export function connectionOf(config: DatabaseConfig, role: DatabaseRole): PoolConfig {
  return {
    host: config.host,
    port: config.port,
    user: roleName(config.service, role),
    password: config.password,
    database: config.database ?? databaseName(config.service),
  };
}

/** Injected by this class. */
export abstract class Pools {
  abstract readonly app: Pool;
  abstract readonly worker: Pool;
  abstract end(): Promise<void>;
}

/** Above `transaction_timeout`: the server ends what is alive, so a statement that outlasts this has no server any more. */
const ANSWER_WITHIN_MS = 35_000;

/**
 * Connections that can send the statements of a flush together. An idle one that breaks is replaced, silently; one that
 * does not answer is given up after a while, or a failover would leave each waiting for minutes.
 */
export function openPools(config: DatabaseConfig, { answerWithinMs = ANSWER_WITHIN_MS } = {}): Pools {
  const open = (role: DatabaseRole, max: number): Pool => {
    const settings = {
      ...connectionOf(config, role),
      max,
      options: SESSION,
      connectionTimeoutMillis: 5_000,
      query_timeout: answerWithinMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    };
    const pool = new Pool(settings);
    pool.on('error', () => undefined);
    return pool;
  };
  const app = open('app', 8);
  const worker = open('worker', 6);
  return { app, worker, end: async () => void (await Promise.all([app.end(), worker.end()])) };
}
