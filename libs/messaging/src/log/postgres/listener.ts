import { Client } from 'pg';
import { Backoff, Wait } from '../wait';
import { CHANNEL } from './append';
import { clientConfig, type PostgresLogConfig } from './config';

/**
 * LISTEN on a connection of its own, which comes back when it breaks. What was said meanwhile is lost, so listeners are
 * called on every (re)connect too, and poll besides.
 */
export class Listener {
  private readonly listeners = new Set<(said?: string) => void>();
  /** Until the connection that is open breaks. */
  private readonly connected = new Wait();
  /** Between attempts: only a stop cuts it short, for a connection that fails says so more than once. */
  private readonly rest = new Wait();
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly config: PostgresLogConfig) {}

  /** `heard` gets a topic or a group, or nothing: anything may have happened. Returns how to stop. */
  add(heard: (said?: string) => void): () => void {
    this.listeners.add(heard);
    this.running ??= this.run();
    return () => this.listeners.delete(heard);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.connected.end();
    this.rest.end();
    await this.running;
  }

  private async run(): Promise<void> {
    const backoff = new Backoff();
    while (!this.stopped) {
      const client = new Client(clientConfig(this.config, 'app'));
      client.on('error', () => this.connected.end());
      client.on('end', () => this.connected.end());
      client.on('notification', ({ payload }) => this.tell(payload));
      try {
        await client.connect();
        await client.query(`LISTEN ${CHANNEL}`);
        backoff.reset();
        this.tell();
        // Until it breaks; the question in between finds a connection that died silently.
        while (!this.stopped && (await client.query('SELECT 1'))) await this.connected.pause(30_000);
      } catch {
        await this.rest.pause(backoff.next());
      }
      await client.end().catch(() => undefined);
    }
  }

  private tell(said?: string): void {
    for (const heard of this.listeners) heard(said);
  }
}
