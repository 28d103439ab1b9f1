import { connectionOf, type DatabaseConfig } from '@homeward/persistence';
import { Client } from 'pg';
import { type Connection, connectionOver } from '../transaction';

/** DDL waits this long for requests that read; they wait as long behind it. */
const LOCK_TIMEOUT_MS = 5_000;

export interface OwnerConnection extends Connection {
  run(statements: readonly string[]): Promise<void>;
  transaction<T>(work: () => Promise<T>): Promise<T>;
}

/** A connection of the schema's owner. Under FORCE it sees and changes no rows: for rows it becomes the worker. */
export async function asOwner<T>(config: DatabaseConfig, work: (owner: OwnerConnection) => Promise<T>): Promise<T> {
  const options = `-c lock_timeout=${LOCK_TIMEOUT_MS} -c timezone=UTC`;
  const client = new Client({ ...connectionOf(config, 'owner'), options });
  client.on('error', () => undefined); // its queries reject, and that is what is reported
  await client.connect();
  const run = async (statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await client.query(statement);
  };
  const transaction = async <R>(inside: () => Promise<R>): Promise<R> => {
    await run(['BEGIN']);
    try {
      const result = await inside();
      await run(['COMMIT']);
      return result;
    } catch (error) {
      await run(['ROLLBACK']).catch(() => undefined);
      throw error;
    }
  };
  try {
    return await work({ ...connectionOver(client), run, transaction });
  } finally {
    await client.end().catch(() => undefined);
  }
}
