import { eventually, logsUnderTest } from '@homeward/testing';
import { rebuildProjection } from '../rebuild/rebuild';
import {
  decided,
  events,
  noteEach,
  openWorld,
  seen,
  seenProjection,
  SERVICE,
  somebody,
  startReactions,
  startReader,
  type World,
} from '../reader/reader.fixture';
import { ParkedEvents } from './parked-events';

describe.each(logsUnderTest())('a broken handler stops and does not park everybody, on the %s log', (kind) => {
  let world: World;
  let broken = true;
  const fail = (): void => {
    if (broken) throw new TypeError('broken');
  };
  const people = Array.from({ length: 40 }, somebody);
  beforeEach(async () => {
    broken = true;
    world = await openWorld(kind);
  });
  afterEach(() => world.close());

  const parkedStreams = async (subscription: string): Promise<number> => {
    const [row] = await world.query<{ n: number }>(
      'SELECT count(DISTINCT stream)::int AS n FROM parked_event WHERE subscription = $1',
      [subscription],
    );
    return row?.n ?? 0;
  };

  it('a projection goes stale, the others go on, and a rebuild brings it back', async () => {
    const sound = { ...seenProjection(undefined, { name: 'sound' }), tables: [] };
    const projections = [seenProjection(fail), sound];
    const reader = await startReader(world, projections);
    await world.publish(...people.flatMap((person) => events(person, 2)));
    for (const person of people)
      await eventually(async () => expect(await seen(world, person, 'sound_1.seen_event')).toEqual([1, 2]));
    expect(await parkedStreams('seen')).toBe(10);
    const status = await reader.status();
    expect(status).toMatchObject({ stopped: undefined, stale: [{ name: 'seen' }] });
    await eventually(async () => expect((await reader.status()).lag).toBe(0n));

    broken = false;
    const { config, log, pools } = world;
    await rebuildProjection({ config, log, worker: pools.worker, projections }, 'seen');
    for (const person of people) expect(await seen(world, person)).toEqual([1, 2]);
    expect(await parkedStreams('seen')).toBe(0);
    const [first] = people as [string];
    await world.publish(...events(first, 1, 3));
    await eventually(async () => expect(await seen(world, first)).toEqual([1, 2, 3]));
    expect((await reader.status()).stale).toEqual([]);
  });

  it('a reaction stops its reader, the position does not move, and once mended it goes on', async () => {
    const reaction = noteEach(world, fail);
    const reader = await startReactions(world, [reaction]);
    await world.publish(...people.flatMap((person) => events(person, 2)));
    await eventually(async () => expect((await reader.status()).stopped?.code).toBe('broken-handler'));
    expect(await parkedStreams(reaction.name)).toBe(10);

    broken = false;
    await startReactions(world, [reaction]);
    const parked = new ParkedEvents({
      service: SERVICE,
      worker: world.pools.worker,
      subscriptions: [],
      reactions: [reaction],
    });
    await eventually(async () => {
      for (const stream of await parked.list()) await parked.redrive(reaction.name, stream);
      for (const person of people) expect(await decided(world, person)).toEqual([1, 2]);
    });
    expect(await parked.list()).toEqual([]);
  });
});
