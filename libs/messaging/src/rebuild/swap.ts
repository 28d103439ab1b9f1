import type { Connection } from '../transaction';
import type { Projection } from '../subscription';
import type { Filling } from './fill';
import type { OwnerConnection } from './owner';
import { nextSchemaOf, swapSchemas } from './schema';

/** In the transaction that holds the reader: the next tables, and what parked while they were filled, become the live ones. */
export async function swap(
  owner: OwnerConnection,
  service: string,
  projection: Projection,
  filling: Filling,
  liveGeneration: number | undefined,
): Promise<void> {
  const { name, generation } = projection;
  await owner.run(swapSchemas(service, projection, liveGeneration));
  await owner.send(
    {
      text: `INSERT INTO projection (name, generation) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET generation = excluded.generation, stale_since = NULL`,
      values: [name, generation],
    },
    { text: 'DELETE FROM parked_event WHERE subscription = $1', values: [name] },
    {
      text: 'UPDATE parked_event SET subscription = $1 WHERE subscription = $2',
      values: [name, filling.active.subscription.name],
    },
  );
  await forgetFilling(owner, filling);
}

/** Leaves nothing of a rebuild that is not to be. */
export async function dropNext(owner: OwnerConnection, projection: Projection, filling: Filling): Promise<void> {
  await owner.run([`DROP SCHEMA IF EXISTS ${nextSchemaOf(projection)} CASCADE`]);
  await forgetFilling(owner, filling);
}

export async function forgetFilling(connection: Connection, { reader, active }: Filling): Promise<void> {
  await connection.send(
    { text: 'DELETE FROM inbox WHERE reader = $1', values: [reader] },
    { text: 'DELETE FROM parked_event WHERE subscription = $1', values: [active.subscription.name] },
  );
}
