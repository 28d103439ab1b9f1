import { holdReader } from '../reader/inbox';
import { projectionsReaderName } from '../reader/options';
import type { Projection } from '../subscription';
import { asOwner, type OwnerConnection } from './owner';
import { rebuildProjection, type RebuildOptions } from './rebuild';
import { createSchema, createViews } from './schema';
import { schemaOf } from '../reader/installed';

/** What came of it, by projection; `stale` waits for `ops rebuild … --accept`. */
export type Installation = { name: string; done: 'there' | 'created' | 'rebuilt' | 'stale' };

/**
 * Before a service's reader starts: makes the tables and views of projections that the database does not know. Where
 * events were taken already, a new projection begins as a rebuild. One whose generation was raised goes stale, since
 * what the two generations answer has to be looked at by somebody.
 */
export async function installProjections(options: RebuildOptions): Promise<Installation[]> {
  return asOwner(options.config, async (owner) => {
    // Replicas that start together wait for each other.
    await owner.run([
      `SELECT set_config('lock_timeout', '0', false)`,
      `SELECT pg_advisory_lock(hashtext('homeward.install'))`,
      'RESET lock_timeout',
    ]);
    const done: Installation[] = [];
    for (const projection of options.projections) {
      done.push({ name: projection.name, done: await install(owner, options, projection) });
    }
    return done;
  });
}

async function install(
  owner: OwnerConnection,
  options: RebuildOptions,
  projection: Projection,
): Promise<Installation['done']> {
  const { name, generation } = projection;
  const [row] = await owner.query<{ generation: number }>('SELECT generation FROM projection WHERE name = $1', [name]);
  if (row) {
    if (row.generation >= generation) return 'there';
    const text = 'UPDATE projection SET stale_since = coalesce(stale_since, clock_timestamp()) WHERE name = $1';
    await owner.query(text, [name]);
    return 'stale';
  }
  const { service } = options.config;
  const created = await owner.transaction(async () => {
    const reader = projectionsReaderName(service);
    await owner.send(holdReader(reader));
    const [inbox] = await owner.query('SELECT FROM inbox WHERE reader = $1 LIMIT 1', [reader]);
    if (inbox) return false;
    await owner.run([...createSchema(service, projection, schemaOf(projection)), ...createViews(service, projection)]);
    await owner.query('INSERT INTO projection (name, generation) VALUES ($1, $2)', [name, generation]);
    return true;
  });
  if (created) return 'created';
  await rebuildProjection(options, name);
  return 'rebuilt';
}
