import { BEGIN, COMMIT, flush, ROLLBACK, type Row, type Statement } from '@homeward/persistence';
import type { Pool, PoolClient } from 'pg';
import type { Tx } from './subscription';

/** A connection inside a transaction: `send` is one round trip for several statements. */
export interface Connection extends Tx {
  send(...statements: Statement[]): Promise<Row[][]>;
}

export function connectionOver(client: Pick<PoolClient, 'query'>): Connection {
  const send = async (...statements: Statement[]): Promise<Row[][]> =>
    (await flush(client, statements)).map(({ rows }) => rows);
  const query = async <R = Row>(text: string, values: unknown[] = []): Promise<R[]> =>
    (await send({ text, values }))[0] as R[];
  return { send, query };
}

/** `opening` goes with BEGIN in one flush, and its rows go to `work`; what `work` returns is sent with COMMIT. */
export async function inTransaction<T>(
  pool: Pool,
  opening: Statement[],
  work: (connection: Connection, opened: Row[][]) => Promise<{ closing: Statement[]; result: T }>,
): Promise<T> {
  const client = await pool.connect();
  const ignore = (): void => undefined; // a connection that breaks also rejects its queries: those are reported
  client.on('error', ignore);
  let broken: Error | undefined;
  try {
    const connection = connectionOver(client);
    const opened = await connection.send(BEGIN, ...opening);
    const { closing, result } = await work(connection, opened.slice(1));
    await connection.send(...closing, COMMIT); // COMMIT after a failed statement rolls back, and that failure is thrown
    return result;
  } catch (error) {
    await flush(client, [ROLLBACK]).catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}
