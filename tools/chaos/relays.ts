import { Pool } from 'pg';
import type { ServerAddress } from '../../infra/local/databases';

/** Who carries each service's outbox now: database and process id, as the lock's own connection says. */
export class Relays {
  private pool: Pool | undefined;

  constructor(private readonly server: () => ServerAddress) {}

  /** Empty while the database is away. */
  async holders(): Promise<Map<string, number>> {
    try {
      this.pool ??= this.open();
      const { rows } = await this.pool.query<{ database: string; name: string }>(
        `SELECT DISTINCT a.datname AS database, a.application_name AS name
          FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
          WHERE l.locktype = 'advisory' AND l.granted AND a.application_name LIKE 'homeward relay %'`,
      );
      return new Map(rows.map(({ database, name }) => [database, Number(name.split(' ').at(-1))]));
    } catch {
      return new Map();
    }
  }

  async close(): Promise<void> {
    await this.pool?.end();
  }

  private open(): Pool {
    const { host, port, user, password } = this.server();
    const settings = { host, port, user, password, database: 'postgres', max: 3 };
    const pool = new Pool({ ...settings, query_timeout: 5_000, connectionTimeoutMillis: 5_000 });
    pool.on('error', () => undefined);
    return pool;
  }
}
