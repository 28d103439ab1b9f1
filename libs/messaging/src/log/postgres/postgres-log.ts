import { PARTITIONS } from '@homeward/contracts';
import type { Pool } from 'pg';
import type { EventLog, LogRecord, LogSubscription, ReceivedRecord, SubscribeOptions } from '../port';
import { append } from './append';
import { openPool, type PostgresLogConfig } from './config';
import { Listener } from './listener';
import { ends, read } from './read';
import { PostgresSubscription } from './subscription';

export interface PostgresLogOptions extends PostgresLogConfig {
  /** Told of what is tried again, such as a database that is away. */
  onTrouble?: (error: Error) => void;
}

/** The event log of one machine: a PostgreSQL database of its own. */
export const createPostgresLog = (options: PostgresLogOptions): EventLog => new PostgresLog(options);

class PostgresLog implements EventLog {
  private readonly pool: Pool;
  private readonly listener: Listener;
  private readonly subscriptions = new Set<LogSubscription>();

  constructor(private readonly options: PostgresLogOptions) {
    this.pool = openPool(options);
    this.listener = new Listener(options);
  }

  async init(topics: string[]): Promise<void> {
    const text = `INSERT INTO log_head (topic, partition) SELECT topic, partition
      FROM unnest($1::text[]) AS topic, generate_series(0, $2 - 1) AS partition ON CONFLICT DO NOTHING`;
    await this.pool.query(text, [topics, PARTITIONS]);
  }

  async check(topics: string[]): Promise<void> {
    const heads = await ends(this.pool, topics);
    for (const topic of topics) {
      const found = heads.filter((head) => head.topic === topic).length;
      if (found !== PARTITIONS) throw new Error(`${topic} has ${found} partitions in the event log, not ${PARTITIONS}`);
    }
  }

  append(topic: string, records: LogRecord[]): Promise<void> {
    return append(this.pool, topic, records);
  }

  subscribe(options: SubscribeOptions): Promise<LogSubscription> {
    const subscription = new PostgresSubscription(this.pool, options, this.options.onTrouble ?? (() => undefined));
    this.subscriptions.add(subscription);
    subscription.start(this.listener);
    return Promise.resolve(subscription);
  }

  async readAll(topic: string, onRecords: (records: ReceivedRecord[]) => Promise<void>): Promise<void> {
    for (const end of await ends(this.pool, [topic])) {
      let position = 0n;
      while (position < end.position) {
        const records = await read(this.pool, [{ ...end, position }], 1_000);
        const wanted = records.filter(({ offset }) => offset < end.position);
        if (wanted.length === 0) throw new Error(`${topic} ends before its head says in partition ${end.partition}`);
        await onRecords(wanted);
        position += BigInt(wanted.length);
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    await this.listener.stop();
    await this.pool.end();
  }
}
