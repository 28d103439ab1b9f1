import { Client } from 'pg';
import type { ServerAddress } from '../../infra/local/databases';

/** Who carries each service's outbox now: database and process id, as the lock's own connection says. */
export class Relays {
  private client: Client | undefined;

  constructor(private readonly server: () => ServerAddress) {}

  /** Empty while the database is away. */
  async holders(): Promise<Map<string, number>> {
    try {
      const client = (this.client ??= await this.connect());
      const { rows } = await client.query<{ database: string; name: string }>({
        name: 'relay-holders',
        text: `SELECT DISTINCT a.datname AS database, a.application_name AS name
          FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
          WHERE l.locktype = 'advisory' AND l.granted AND a.application_name LIKE 'homeward relay %'`,
      });
      return new Map(rows.map(({ database, name }) => [database, Number(name.split(' ').at(-1))]));
    } catch {
      await this.close();
      return new Map();
    }
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<Client> {
    const { host, port, user, password } = this.server();
    const client = new Client({ host, port, user, password, database: 'postgres', query_timeout: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}
