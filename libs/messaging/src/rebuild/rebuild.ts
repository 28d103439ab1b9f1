import { type DatabaseConfig, roleName } from '@homeward/persistence';
import type { Pool } from 'pg';
import type { EventLog } from '../log/port';
import { followedBy, topicsOf } from '../reader/followers';
import { readRecord, streamKey } from '../reader/incoming';
import { holdReader, shareReader, type Taken } from '../reader/inbox';
import { schemaOf } from '../reader/installed';
import { projectionsReaderName } from '../reader/options';
import { type Connection, inTransaction } from '../transaction';
import type { Projection } from '../subscription';
import { type Difference, differences } from './differences';
import { fill, type Filling, settleParked, streamsBehind } from './fill';
import { asOwner, type OwnerConnection } from './owner';
import { createSchema, nextSchemaOf } from './schema';
import { dropNext, forgetFilling, swap } from './swap';

export interface RebuildOptions {
  /** The service's database; its owner makes the tables. */
  config: DatabaseConfig;
  worker: Pool;
  log: EventLog;
  projections: readonly Projection[];
}

/** The rebuilt tables are not the live ones, and nobody has accepted that: the live ones stay. */
export class RebuildDiffers extends Error {
  override readonly name = 'RebuildDiffers';
  constructor(readonly differences: Difference[]) {
    super(`The rebuilt tables differ: ${differences.map(({ table }) => table).join(', ')}`);
  }
}

export interface Rebuilt {
  generation: number;
  /** Empty unless accepted, or the live tables were stale or missing. */
  differences: Difference[];
}

/**
 * Makes a projection's tables anew from the log, beside the live ones and up to where the live reader is, and puts them
 * in their place in one transaction. Requests and the reader go on meanwhile. Interrupted, it is begun again.
 */
export function rebuildProjection(
  options: RebuildOptions,
  name: string,
  { accept = false }: { accept?: boolean } = {},
): Promise<Rebuilt> {
  const projection = projectionOf(options, name);
  const { generation } = projection;
  return withNextTables(options, projection, async (owner, installed, found) => {
    const mayDiffer = accept || installed === undefined || (installed.stale && installed.generation === generation);
    if (found.length > 0 && !mayDiffer) throw new RebuildDiffers(found);
    await swap(owner, options.config.service, projection, fillingOf(options, projection), installed?.generation);
    return { generation, differences: found };
  });
}

/** The live tables against those that the log gives now; changes nothing. None is the answer that is hoped for. */
export function compareProjection(options: RebuildOptions, name: string): Promise<Difference[]> {
  const projection = projectionOf(options, name);
  return withNextTables(options, projection, async (owner, _, found) => {
    await dropNext(owner, projection, fillingOf(options, projection));
    return found;
  });
}

interface Installed {
  generation: number;
  stale: boolean;
}

type Work<T> = (owner: OwnerConnection, installed: Installed | undefined, found: Difference[]) => Promise<T>;

/** `work` runs in the owner's transaction that holds the reader: the next tables are as far as the live ones. */
function withNextTables<T>(options: RebuildOptions, projection: Projection, work: Work<T>): Promise<T> {
  const { config, worker } = options;
  const filling = fillingOf(options, projection);
  const inBatches = (step: (connection: Connection) => Promise<void>) =>
    inTransaction(worker, [shareReader(filling.live)], async (connection) => {
      await step(connection);
      return { closing: [], result: undefined };
    });
  return asOwner(config, async (owner) => {
    await lockRebuild(owner, projection);
    await owner.transaction(async () => {
      await forgetFilling(owner, filling);
      await owner.run(createSchema(config.service, projection, nextSchemaOf(projection)));
    });
    try {
      await pass(options, filling, inBatches);
      await inBatches((connection) => settleParked(connection, filling));
      return await owner.transaction(() => holding(owner, options, projection, filling, work));
    } catch (error) {
      await owner.transaction(() => dropNext(owner, projection, filling)).catch(() => undefined);
      throw error;
    }
  });
}

async function holding<T>(
  owner: OwnerConnection,
  options: RebuildOptions,
  projection: Projection,
  filling: Filling,
  work: Work<T>,
): Promise<T> {
  await owner.send(holdReader(filling.live));
  // The owner itself would see no row of either side, and find them equal.
  await owner.run([`SET LOCAL ROLE ${roleName(options.config.service, 'worker')}`]);
  const behind = await streamsBehind(owner, filling);
  if (behind.size > 0) await pass(options, filling, (step) => step(owner), behind);
  await settleParked(owner, filling);
  const lacking = await streamsBehind(owner, filling);
  if (lacking.size > 0) throw new Error(`The log lacks events of ${lacking.size} streams that were taken before`);
  const installed = await installedAs(owner, projection);
  const live = schemaOf({ name: projection.name, generation: installed?.generation ?? 0 });
  const found = installed ? await differences(owner, projection.tables, live, nextSchemaOf(projection)) : [];
  await owner.run(['RESET ROLE']);
  return work(owner, installed, found);
}

/** Reads the projection's topics from the beginning; with `behind`, only what is missing of those streams. */
async function pass(
  { log }: RebuildOptions,
  filling: Filling,
  run: (step: (connection: Connection) => Promise<void>) => Promise<void>,
  behind?: Taken,
): Promise<void> {
  const followers = [filling.active.subscription];
  const isWanted = followedBy(followers);
  // The next records are read and checked while the last ones are written: two halves of the work, side by side.
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for (const topic of topicsOf(followers)) {
      await log.readAll(topic, async (records) => {
        const events = records.map((record) => readRecord(record, isWanted));
        const missing = behind ? events.filter((event) => behind.has(streamKey(event))) : events;
        await writing;
        writing = missing.length > 0 ? run((connection) => fill(connection, filling, missing)) : Promise.resolve();
        writing.catch(() => undefined); // thrown where it is waited for
      });
    }
  } finally {
    await writing;
  }
}

function fillingOf({ config }: RebuildOptions, projection: Projection): Filling {
  const live = projectionsReaderName(config.service);
  const name = `${projection.name}@${projection.generation}`;
  const { types } = projection;
  const subscription = { name, types, apply: projection.apply.bind(projection) };
  return { reader: `${live}.${name}`, live, active: { subscription, schema: nextSchemaOf(projection) } };
}

function projectionOf({ config, projections }: RebuildOptions, name: string): Projection {
  const projection = projections.find((one) => one.name === name);
  if (!projection) throw new Error(`${config.service} has no projection ${name}`);
  return projection;
}

/** Goes with the connection. */
async function lockRebuild(owner: OwnerConnection, { name }: Projection): Promise<void> {
  const [row] = await owner.query<{ free: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS free', [
    `homeward.rebuild.${name}`,
  ]);
  if (!row?.free) throw new Error(`${name} is being rebuilt or compared already`);
}

async function installedAs(connection: Connection, { name }: Projection): Promise<Installed | undefined> {
  const [row] = await connection.query<Installed>(
    'SELECT generation, stale_since IS NOT NULL AS stale FROM projection WHERE name = $1',
    [name],
  );
  return row;
}
