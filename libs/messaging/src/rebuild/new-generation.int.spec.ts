import { teamOpened } from '@homeward/contracts';
import { uuidv7 } from '@homeward/kernel';
import { eventually, logsUnderTest } from '@homeward/testing';
import {
  event,
  events,
  openWorld,
  seen,
  seenProjection,
  SERVICE,
  startReader,
  type World,
} from '../reader/reader.fixture';
import { installProjections } from './install';
import { RebuildDiffers, rebuildProjection } from './rebuild';
import { livePeople, rebuildOptions } from './rebuild.fixture';

describe.each(logsUnderTest())('a new generation, on the %s log', (kind) => {
  let world: World;
  const first = seenProjection();
  beforeEach(async () => {
    world = await openWorld(kind);
  });
  afterEach(() => world.close());

  it('goes stale at the start, shows its differences, and takes over when they are accepted', async () => {
    const reader = await startReader(world, [first]);
    const [person] = (await livePeople(world, 3, 2)) as [string];
    const team = `team/${uuidv7()}`;
    const opened = event(team, 1, { contract: teamOpened, service: SERVICE });
    await world.publish(opened);
    await reader.stop();

    // It learns a type of a topic that was not read before.
    const second = seenProjection(undefined, { generation: 2, types: [...first.types, teamOpened.type] });
    const options = rebuildOptions(world, [second]);
    expect(await installProjections(options)).toEqual([{ name: 'seen', done: 'stale' }]);
    const next = await startReader(world, [second]);
    expect(await next.status()).toMatchObject({ stale: [{ name: 'seen' }], stopped: undefined });
    await world.publish(...events(person, 1, 3));
    await eventually(async () => expect((await next.status()).lag).toBe(0n));
    expect(await seen(world, person)).toEqual([1, 2]);

    const refused = rebuildProjection(options, 'seen');
    await expect(refused).rejects.toThrow(RebuildDiffers);
    await rebuildProjection(options, 'seen', { accept: true });
    expect(await world.query('SELECT name, generation, stale_since FROM projection')).toEqual([
      { name: 'seen', generation: 2, stale_since: null },
    ]);
    expect(await seen(world, person, 'seen_2.seen_event')).toEqual([1, 2, 3]);
    expect(await seen(world, team, 'seen_2.seen_event')).toEqual([1]);
    expect(await world.query(`SELECT FROM pg_namespace WHERE nspname = 'seen_1'`)).toEqual([]);
    await world.publish(...events(person, 1, 4));
    await eventually(async () => expect(await seen(world, person, 'public.seen_event')).toEqual([1, 2, 3, 4]));
  });

  it('a projection that the database does not know begins as a rebuild, and an older release stops under it', async () => {
    const old = await startReader(world, [first]);
    const [person] = (await livePeople(world, 3, 2)) as [string];
    const another = { ...seenProjection(undefined, { name: 'another' }), tables: [] };
    const installed = await installProjections(rebuildOptions(world, [first, another]));
    expect(installed).toEqual([
      { name: 'seen', done: 'there' },
      { name: 'another', done: 'rebuilt' },
    ]);
    expect(await seen(world, person, 'another_1.seen_event')).toEqual([1, 2]);

    await world.publish(...events(person, 1, 3));
    await eventually(async () => expect((await old.status()).stopped?.code).toBe('other-release'));
    await startReader(world, [first, another]);
    for (const table of ['seen_1.seen_event', 'another_1.seen_event'])
      await eventually(async () => expect(await seen(world, person, table)).toEqual([1, 2, 3]));
  });
});
