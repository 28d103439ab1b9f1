import { connectionOf, type DatabaseConfig, type DatabaseRole } from '@homeward/persistence';
import { Pool, type ClientConfig } from 'pg';

/** Where the database `event_log` is. Services log in as `event_log_app`, which may append and never change. */
export interface PostgresLogConfig {
  host: string;
  port: number;
  password: string;
  /** `event_log` unless given. */
  database?: string;
}

export const asDatabase = ({ host, port, password, database }: PostgresLogConfig): DatabaseConfig => ({
  service: 'event-log',
  host,
  port,
  password,
  database,
});

/** A dead network is an error within seconds, not a loop that hangs. */
export const clientConfig = (config: PostgresLogConfig, role: DatabaseRole): ClientConfig => ({
  ...connectionOf(asDatabase(config), role),
  connectionTimeoutMillis: 5_000,
  query_timeout: 15_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 5_000,
});

export function openPool(config: PostgresLogConfig): Pool {
  const pool = new Pool({ ...clientConfig(config, 'app'), max: 4 });
  pool.on('error', () => undefined); // an idle connection that breaks is replaced
  return pool;
}
