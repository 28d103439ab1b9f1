import { Client, type ClientConfig } from 'pg';

const lockOf = (task: string): string => `SELECT pg_try_advisory_lock(hashtext('homeward.${task}')) AS mine`;

/**
 * The server ends a session whose client is gone after 5 + 3 × 2 s, and another relay may lead. Nothing is probed while
 * an answer is still on its way to the client: then the last setting ends it.
 */
const KEEPALIVE =
  '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=11000';

/**
 * The one relay of a service, or its one sealer: whoever holds a session lock of that name. All of its statements go over
 * the connection that holds it, so whoever loses the lock cannot go on.
 */
export class Leadership {
  private client: Client | undefined;
  private leads = false;

  constructor(
    private readonly config: ClientConfig,
    private readonly task: string,
  ) {}

  /** The connection when we lead, undefined while another does. Throws when the database is away. */
  async take(): Promise<Client | undefined> {
    this.client ??= await this.connect();
    if (!this.leads) {
      const { rows } = await this.client.query<{ mine: boolean }>(lockOf(this.task));
      this.leads = rows[0]?.mine ?? false;
    }
    return this.leads ? this.client : undefined;
  }

  get leading(): boolean {
    return this.leads;
  }

  /** Whether the connection, and with it the lock, is still there. */
  async alive(): Promise<boolean> {
    return (await this.client?.query('SELECT 1').catch(() => undefined)) !== undefined;
  }

  /** Gives the lock back with its connection. */
  async release(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.leads = false;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      ...this.config,
      application_name: `homeward ${this.task} ${process.pid}`, // an operator finds whose lock it is
      options: KEEPALIVE,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
      connectionTimeoutMillis: 5_000,
      query_timeout: 15_000,
    });
    client.on('error', () => undefined); // the next statement on it says so
    await client.connect();
    return client;
  }
}
