import { partitionOf, topicOf } from '@homeward/contracts';
import { foundationTables } from '@homeward/persistence';
import { createTestDatabase, type TestDatabase } from '@homeward/testing';
import { Client, Pool, type ClientConfig } from 'pg';
import type { EventLog, ReceivedRecord } from '../log/port';

export const TOPIC = topicOf('people');
export const BATCH = 500;

/** A service's database with an outbox. */
export interface TestOutbox {
  worker: ClientConfig;
  pool: Pool;
  unpublished(): Promise<number>;
  drop(): Promise<void>;
}

export async function createOutbox(): Promise<TestOutbox> {
  const database: TestDatabase = await createTestDatabase('people', async (owner) => {
    const client = new Client(owner);
    await client.connect();
    for (const statement of foundationTables('people')) await client.query(statement);
    await client.end();
  });
  const worker = database.config('worker');
  const pool = new Pool({ ...worker, max: 12 });
  pool.on('error', () => undefined);
  const unpublished = async (): Promise<number> => {
    const { rows } = await pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM outbox WHERE published_at IS NULL',
    );
    return rows[0]?.n ?? 0;
  };
  const drop = async (): Promise<void> => {
    await pool.end();
    await database.drop();
  };
  return { worker, pool, unpublished, drop };
}

const STREAMS = Array.from({ length: 40 }, (_, i) => `person/${i}`);
const COLUMNS = 'id, topic, partition, partitionkey, sequence, type, headers, payload';

/** `count` events over all streams, in one transaction: a backlog. */
export async function commitBacklog(pool: Pool, count: number): Promise<void> {
  await pool.query(
    `INSERT INTO outbox (${COLUMNS})
      SELECT uuidv7(), $1, ($2::int[])[1 + n % $4], ($3::text[])[1 + n % $4], 1 + n / $4, 't',
        jsonb_build_object('sequence', (1 + n / $4)::text)::text, '{}' FROM generate_series(0, $5 - 1) AS n ORDER BY n`,
    [TOPIC, STREAMS.map(partitionOf), STREAMS, STREAMS.length, count],
  );
}

/**
 * An event on a random stream as `write()` commits it: stream locked first, then the row. Some transactions stay open
 * for a moment, so that positions commit in another order than they were drawn in.
 */
export async function commitOne(pool: Pool): Promise<void> {
  const stream = STREAMS[Math.floor(Math.random() * STREAMS.length)] ?? '';
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query(
      `WITH s AS (INSERT INTO stream (key, last_sequence) VALUES ($2, 1)
          ON CONFLICT (key) DO UPDATE SET last_sequence = stream.last_sequence + 1 RETURNING last_sequence)
        INSERT INTO outbox (${COLUMNS})
        SELECT uuidv7(), $1, $3, $2, last_sequence, 't',
          jsonb_build_object('sequence', last_sequence::text)::text, '{}' FROM s`,
      [TOPIC, stream, partitionOf(stream)],
    );
    if (Math.random() < 0.2) await client.query('SELECT pg_sleep($1)', [Math.random() * 0.03]);
    await client.query('COMMIT');
  } catch (error) {
    broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Several writers until `done()`. */
export async function commitWhile(pool: Pool, going: () => boolean, committed?: () => void): Promise<void> {
  const writer = async (): Promise<void> => {
    while (going()) {
      await commitOne(pool);
      committed?.();
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
}

export interface Judgement {
  /** Events of the outbox that the log has not. */
  lost: string[];
  /** First occurrences that do not follow the one before on their stream. */
  outOfOrder: string[];
  repeats: number;
}

/** Compares the outbox, published rows too, with what the log holds. */
export async function judge(pool: Pool, log: EventLog): Promise<Judgement> {
  const records: ReceivedRecord[] = [];
  await log.readAll(TOPIC, (batch) => Promise.resolve(void records.push(...batch)));
  const seen = new Set<string>();
  const last = new Map<string, number>();
  const outOfOrder: string[] = [];
  for (const { key, headers } of records) {
    const event = `${key}/${headers['sequence']}`;
    if (seen.has(event)) continue;
    seen.add(event);
    const sequence = Number(headers['sequence']);
    if (sequence !== (last.get(key) ?? 0) + 1) outOfOrder.push(event);
    last.set(key, sequence);
  }
  const { rows } = await pool.query<{ event: string }>(`SELECT partitionkey || '/' || sequence AS event FROM outbox`);
  const lost = rows.map(({ event }) => event).filter((event) => !seen.has(event));
  return { lost, outOfOrder, repeats: records.length - seen.size };
}
