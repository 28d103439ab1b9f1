import { eventually, logsUnderTest } from '@homeward/testing';
import {
  decided,
  event,
  events,
  lastTaken,
  noteEach,
  openWorld,
  parkedRows,
  QUICK,
  seen,
  seenProjection,
  somebody,
  startReactions,
  startReader,
  tooManyConnections,
  type World,
} from '../reader/reader.fixture';
import { tooEarly } from '../subscription';
import { ParkedEvents } from './parked-events';

describe.each(logsUnderTest())('too early heals itself, on the %s log', (kind) => {
  let world: World;
  const missing = new Set<string>();
  const unanswered = new Set<string>();
  const unlessMissing = (stream: string): void => {
    if (unanswered.has(stream)) throw tooManyConnections();
    if (missing.has(stream)) throw tooEarly('the team');
  };
  const projection = seenProjection((batch) => batch.forEach(({ partitionkey }) => unlessMissing(partitionkey)));

  beforeAll(async () => {
    world = await openWorld(kind);
    await startReader(world, [projection]);
    await startReactions(world, [noteEach(world, ({ partitionkey }) => unlessMissing(partitionkey))]);
  });
  afterAll(() => world.close());

  it('in order, for projections and reactions, and nobody else waits', async () => {
    const [early, other] = [somebody(), somebody()];
    missing.add(early);
    await world.publish(...events(early, 3), ...events(other, 3));
    await eventually(async () => expect(await parkedRows(world, early)).toHaveLength(6));
    await eventually(async () => expect(await seen(world, other)).toEqual([1, 2, 3]));
    await eventually(async () => expect(await decided(world, other)).toEqual([1, 2, 3]));
    const reasons = (await parkedRows(world, early)).map(({ sequence, reason }) => `${sequence} ${reason}`);
    const expected = [
      '1 too-early: the team is not known here yet',
      '2 behind an earlier event of its stream',
      '3 behind an earlier event of its stream',
    ];
    expect(reasons).toEqual([...expected, ...expected]);

    missing.delete(early);
    await eventually(async () => expect(await seen(world, early)).toEqual([1, 2, 3]));
    await eventually(async () => expect(await decided(world, early)).toEqual([1, 2, 3]));
    await eventually(async () => expect(await parkedRows(world, early)).toEqual([]));
  });

  it('each stream by itself: one that cannot be tried does not keep the next from it', async () => {
    const [first, second] = [somebody(), somebody()];
    for (const person of [first, second]) {
      missing.add(person);
      await world.publish(event(person, 1));
      await eventually(async () => expect(await parkedRows(world, person)).toHaveLength(2));
    }
    unanswered.add(first);
    missing.clear();
    await eventually(async () => expect(await seen(world, second)).toEqual([1]));
    await eventually(async () => expect(await decided(world, second)).toEqual([1]));
    expect(await parkedRows(world, first)).toHaveLength(2);
    unanswered.clear();
    await eventually(async () => expect(await parkedRows(world, first)).toEqual([]));
  });

  it('for a while, and then waits for an operator', async () => {
    const impatient = await openWorld(kind);
    const person = somebody();
    missing.add(person);
    const reader = await startReader(impatient, [projection], { timing: { ...QUICK, healForMs: 300 } });
    await impatient.publish(...events(person, 2));
    await eventually(async () => expect(await lastTaken(impatient, reader.name, person)).toBe(2));
    await eventually(async () => {
      const [row] = await impatient.query<{ old: boolean }>(
        `SELECT min(since) < clock_timestamp() - interval '600 milliseconds' AS old FROM parked_event`,
      );
      expect(row?.old).toBe(true);
    });
    missing.delete(person);
    const worker = impatient.pools.worker;
    const parked = new ParkedEvents({ service: 'flow', worker, subscriptions: [projection], reactions: [] });
    expect((await reader.status()).parked).toEqual({ streams: 1, events: 2, waiting: 0 });
    expect(await parked.list()).toMatchObject([{ subscription: 'seen', stream: person, events: 2 }]);
    const done = await parked.redrive('seen', { source: '/homeward/people', stream: person });
    expect(done).toEqual({ applied: 2, left: 0 });
    expect(await seen(impatient, person)).toEqual([1, 2]);
    await impatient.close();
  });
});
