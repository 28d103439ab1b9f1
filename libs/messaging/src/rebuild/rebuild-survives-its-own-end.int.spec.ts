import { eventually, logsUnderTest, startChild } from '@homeward/testing';
import { join } from 'node:path';
import { events, openWorld, seen, seenProjection, startReader, type World } from '../reader/reader.fixture';
import { compareProjection, rebuildProjection } from './rebuild';
import { leftovers, livePeople, rebuildOptions } from './rebuild.fixture';

describe.each(logsUnderTest())('a rebuild may be killed, on the %s log', (kind) => {
  let world: World;
  const projection = seenProjection();
  beforeAll(async () => {
    world = await openWorld(kind);
    await startReader(world, [projection]);
  });
  afterAll(() => world.close());

  it('nothing changes for the live tables, and the next one begins anew', async () => {
    const people = await livePeople(world, 5, 3);
    const child = startChild(join(__dirname, 'rebuild.child.ts'), { log: world.logConfig, config: world.config });
    const options = rebuildOptions(world, [projection]);
    await eventually(async () => expect(await leftovers(world)).not.toEqual([]));
    await expect(rebuildProjection(options, 'seen')).rejects.toThrow('seen is being rebuilt or compared already');
    await child.kill();
    const [first] = people as [string];
    await world.publish(...events(first, 1, 4));
    await eventually(async () => expect(await seen(world, first)).toEqual([1, 2, 3, 4]));
    await eventually(async () => expect(await rebuildProjection(options, 'seen')).toMatchObject({ differences: [] }));
    expect(await leftovers(world)).toEqual([]);
    expect(await seen(world, first)).toEqual([1, 2, 3, 4]);
    expect(await compareProjection(options, 'seen')).toEqual([]);
  });
});
