import { sqlStateOf, type Statement } from '@homeward/persistence';
import type { Pool } from 'pg';
import { inTransaction } from '../../transaction';
import { RefusedForGood, type LogRecord } from '../port';

/** Where listeners hear that a topic grew or a group changed; the payload says which. */
export const CHANNEL = 'event_log';

/**
 * Offsets without a gap: each partition's head row is raised, and stays locked, in the transaction that inserts the
 * records, so a higher offset is never seen before a lower one. Heads are raised in partition order: no deadlock.
 */
export async function append(pool: Pool, topic: string, records: LogRecord[]): Promise<void> {
  if (records.length === 0) return;
  const counts = new Map<number, number>();
  for (const { partition } of records) counts.set(partition, (counts.get(partition) ?? 0) + 1);
  const partitions = [...counts].sort(([a], [b]) => a - b);
  try {
    const raised = partitions.map(([partition, count]) => raiseHead(topic, partition, count));
    await inTransaction(pool, raised, (_, heads) => {
      const next = new Map<number, bigint>();
      heads.forEach(([row], i) => {
        const partition = partitions[i]?.[0] ?? -1;
        if (!row) throw new RefusedForGood(`the log has no partition ${partition} of ${topic}`);
        next.set(partition, BigInt(row['first'] as string));
      });
      const offsets = records.map(({ partition }) => {
        const offset = next.get(partition) ?? 0n;
        next.set(partition, offset + 1n);
        return offset;
      });
      return Promise.resolve({ closing: [insert(topic, records, offsets), notify(topic)], result: undefined });
    });
  } catch (error) {
    // 22: data that no text column takes, now or later
    if (sqlStateOf(error)?.startsWith('22')) throw new RefusedForGood(`the log refuses the data: ${sqlStateOf(error)}`);
    throw error;
  }
}

const raiseHead = (topic: string, partition: number, count: number): Statement => ({
  text: `UPDATE log_head SET next_offset = next_offset + $3 WHERE topic = $1 AND partition = $2
    RETURNING next_offset - $3 AS first`,
  values: [topic, partition, count],
});

const insert = (topic: string, records: LogRecord[], offsets: bigint[]): Statement => ({
  text: `INSERT INTO log_record (topic, partition, "offset", key, headers, value)
    SELECT $1, * FROM unnest($2::smallint[], $3::bigint[], $4::text[], $5::text[], $6::text[])`,
  values: [
    topic,
    records.map(({ partition }) => partition),
    offsets,
    records.map(({ key }) => key),
    records.map(({ headers }) => JSON.stringify(headers)),
    records.map(({ value }) => value),
  ],
});

export const notify = (payload: string): Statement => ({
  text: `SELECT pg_notify('${CHANNEL}', $1)`,
  values: [payload],
});
