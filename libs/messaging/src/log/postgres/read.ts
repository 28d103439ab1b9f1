import type { Pool } from 'pg';
import type { ReceivedRecord } from '../port';

export interface From {
  topic: string;
  partition: number;
  position: bigint;
}

interface RecordRow {
  topic: string;
  partition: number;
  offset: string;
  key: string;
  headers: string;
  value: string;
}

/** The next records of several partitions, each in order, in one query. */
export async function read(pool: Pool, from: From[], perPartition: number): Promise<ReceivedRecord[]> {
  const { rows } = await pool.query<RecordRow>({
    name: 'read',
    text: `SELECT r.topic, r.partition, r."offset", r.key, r.headers, r.value
      FROM unnest($1::text[], $2::smallint[], $3::bigint[]) AS p (topic, partition, position)
      CROSS JOIN LATERAL (SELECT * FROM log_record r
        WHERE r.topic = p.topic AND r.partition = p.partition AND r."offset" >= p.position
        ORDER BY r."offset" LIMIT $4) r`,
    values: [
      from.map(({ topic }) => topic),
      from.map(({ partition }) => partition),
      from.map(({ position }) => position),
      perPartition,
    ],
  });
  return rows.map((row) => ({
    ...row,
    offset: BigInt(row.offset),
    headers: JSON.parse(row.headers) as Record<string, string>,
  }));
}

/** Where each partition of the topics ends now. */
export async function ends(pool: Pool, topics: string[]): Promise<From[]> {
  const { rows } = await pool.query<From & { position: string }>({
    name: 'ends',
    text: `SELECT topic, partition, next_offset AS position FROM log_head
      WHERE topic = ANY($1) ORDER BY topic, partition`,
    values: [topics],
  });
  return rows.map((row) => ({ ...row, position: BigInt(row.position) }));
}
