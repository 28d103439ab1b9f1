import type { Pool, PoolClient, QueryResult } from 'pg';

export interface Query {
  name: string;
  text: string;
  values?: unknown[];
}

/** Sends statements together; the first error in order is the cause. */
export async function flush(client: PoolClient, queries: Query[]): Promise<QueryResult[]> {
  const settled = await Promise.allSettled(queries.map((query) => client.query(query)));
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** A transaction on a connection of the pool; one that cannot even roll back is thrown away. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const ignore = (): void => undefined; // the queries of a connection that breaks reject too
  client.on('error', ignore);
  let broken: Error | undefined;
  try {
    const begun = client.query('BEGIN');
    const [begin, done] = await Promise.allSettled([begun, work(client)]);
    if (begin.status === 'rejected') throw begin.reason;
    if (done.status === 'rejected') throw done.reason;
    await client.query('COMMIT');
    return done.value;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}
