import { eventually, logsUnderTest } from '@homeward/testing';
import {
  event,
  lastTaken,
  openWorld,
  parkedRows,
  seen,
  seenProjection,
  somebody,
  startReader,
  type World,
} from '../reader/reader.fixture';
import { leftovers, livePeople, rebuildOptions } from './rebuild.fixture';
import { compareProjection, RebuildDiffers, rebuildProjection } from './rebuild';

describe.each(logsUnderTest())('a rebuild equals live, on the %s log', (kind) => {
  let world: World;
  const poisoned = new Set<string>();
  const projection = seenProjection((batch) => {
    if (batch.some((e) => poisoned.has(e.partitionkey) && e.sequence === 2n)) throw new RangeError('poison');
  });
  const options = () => rebuildOptions(world, [projection]);
  beforeEach(async () => {
    world = await openWorld(kind);
    await startReader(world, [projection]);
  });
  afterEach(() => world.close());

  it('while the reader goes on', async () => {
    const people = await livePeople(world, 10, 3);
    let rebuilding = true;
    let published = 3;
    const traffic = (async () => {
      while (rebuilding) {
        await eventually(async () => (await lastTaken(world, 'homeward.flow', people[0] ?? '')) > published - 3);
        published += 1;
        await world.publish(...people.map((person) => event(person, published)));
      }
    })();
    expect(await compareProjection(options(), 'seen')).toEqual([]);
    for (let times = 0; times < 2; times += 1)
      expect(await rebuildProjection(options(), 'seen')).toEqual({ generation: 1, differences: [] });
    rebuilding = false;
    await traffic;
    const all = Array.from({ length: published }, (_, i) => i + 1);
    for (const person of people) await eventually(async () => expect(await seen(world, person)).toEqual(all));
    expect(await leftovers(world)).toEqual([]);
    expect(await compareProjection(options(), 'seen')).toEqual([]);
  });

  it('also what is parked, which a mended handler then has applied', async () => {
    const person = somebody();
    poisoned.add(person);
    await world.publish(event(person, 1), event(person, 2), event(person, 3));
    await eventually(async () => expect(await parkedRows(world, person)).toHaveLength(2));
    expect(await compareProjection(options(), 'seen')).toEqual([]);
    expect(await rebuildProjection(options(), 'seen')).toMatchObject({ differences: [] });
    expect(await parkedRows(world, person)).toMatchObject([
      { subscription: 'seen', sequence: '2', reason: 'poison: RangeError' },
      { subscription: 'seen', sequence: '3' },
    ]);
    poisoned.delete(person);
    await expect(rebuildProjection(options(), 'seen')).rejects.toThrow(RebuildDiffers);
    await rebuildProjection(options(), 'seen', { accept: true });
    expect(await parkedRows(world, person)).toEqual([]);
    expect(await seen(world, person)).toEqual([1, 2, 3]);
  });

  it('and a live table that is not what the log gives is shown, and stays until somebody accepts', async () => {
    const [person] = (await livePeople(world, 3, 3)) as [string];
    await world.query('DELETE FROM seen_1.seen_event WHERE stream = $1 AND sequence = 3', [person]);
    await world.query(
      `INSERT INTO seen_1.seen_event SELECT * FROM seen_1.seen_event WHERE stream = $1 AND sequence = 1`,
      [person],
    );
    const difference = { table: 'seen_event', onlyLive: 1, onlyRebuilt: 1 };
    expect(await compareProjection(options(), 'seen')).toMatchObject([difference]);
    const refused = rebuildProjection(options(), 'seen');
    await expect(refused).rejects.toMatchObject({ name: 'RebuildDiffers', differences: [difference] });
    expect(await leftovers(world)).toEqual([]);
    expect(await seen(world, person)).toEqual([1, 1, 2]);
    await rebuildProjection(options(), 'seen', { accept: true });
    expect(await seen(world, person)).toEqual([1, 2, 3]);
  });
});
