import { eventually } from '@homeward/testing';
import { events, seen, somebody, type World } from '../reader/reader.fixture';
import type { Projection } from '../subscription';
import type { RebuildOptions } from './rebuild';

export const rebuildOptions = ({ config, pools, log }: World, projections: Projection[]): RebuildOptions => ({
  config,
  worker: pools.worker,
  log,
  projections,
});

/** People with some events each, applied live. */
export async function livePeople(world: World, people: number, each: number): Promise<string[]> {
  const made = Array.from({ length: people }, somebody);
  await world.publish(...made.flatMap((person) => events(person, each)));
  const wanted = Array.from({ length: each }, (_, i) => i + 1);
  for (const person of made) await eventually(async () => expect(await seen(world, person)).toEqual(wanted));
  return made;
}

/** What a rebuild leaves behind itself: nothing but the live schema. */
export async function leftovers(world: World): Promise<unknown[]> {
  return world.query(
    `SELECT nspname AS what FROM pg_namespace WHERE nspname LIKE '%\\_next'
     UNION ALL SELECT reader FROM inbox WHERE reader LIKE '%@%'
     UNION ALL SELECT subscription FROM parked_event WHERE subscription LIKE '%@%'`,
  );
}
