import type { Pool } from 'pg';

/**
 * How long, in seconds, the oldest row that the last head says nothing of has waited; about a minute when all is well.
 * Rows that committed late are seen by `ops audit verify`, not here: this is asked every few seconds.
 */
export async function unsignedAge(worker: Pool): Promise<number> {
  const { rows } = await worker.query<{ age: number }>(
    `SELECT coalesce(extract(epoch FROM clock_timestamp() - (SELECT a.at FROM audit a
        WHERE a.id > uuidv7(coalesce((SELECT h.at FROM audit_head h), 'epoch') - clock_timestamp())
        ORDER BY a.id LIMIT 1)), 0)::float8 AS age`,
  );
  return rows[0]?.age ?? 0;
}
