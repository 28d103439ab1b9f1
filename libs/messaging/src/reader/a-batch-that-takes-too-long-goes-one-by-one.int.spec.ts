import { connectionOf } from '@homeward/persistence';
import { eventually, logsUnderTest } from '@homeward/testing';
import { Pool } from 'pg';
import type { Projection, Tx } from '../subscription';
import {
  decided,
  event,
  events,
  noteEach,
  openWorld,
  parkedRows,
  QUICK,
  seen,
  seenProjection,
  somebody,
  startReactions,
  startReader,
  type World,
} from './reader.fixture';

const LIMIT_MS = 1_000;

describe.each(logsUnderTest())('what outlasts its transaction does not loop for ever, on the %s log', (kind) => {
  let world: World;
  const statementsOf = new Map<string, { count: number; ms: number }>();
  const work = async (stream: string, tx: Tx): Promise<void> => {
    const { count = 0, ms = 0 } = statementsOf.get(stream) ?? {};
    for (let i = 0; i < count; i += 1) await tx.query('SELECT pg_sleep($1::float8 / 1000)', [ms]);
  };
  const slow = (name: string): Projection => ({
    ...seenProjection(
      async (batch, tx) => {
        for (const { partitionkey } of batch) await work(partitionkey, tx);
      },
      { name },
    ),
    tables: [],
  });

  beforeEach(async () => {
    statementsOf.clear();
    world = await openWorld(kind);
    const options = `-c lock_timeout=2000 -c transaction_timeout=${LIMIT_MS}`;
    const worker = new Pool({ ...connectionOf(world.config, 'worker'), options, max: 3 });
    worker.on('error', () => undefined);
    const { pools, close } = world;
    const end = async (): Promise<void> => {
      await close();
      await worker.end();
    };
    world = { ...world, pools: { app: pools.app, worker, end: () => pools.end() }, close: end };
  });
  afterEach(() => world.close());

  const start = (...projections: Projection[]) =>
    startReader(world, projections, { timing: { ...QUICK, statementTimeoutMs: 400 } });

  it('a batch too long for one is applied event by event', async () => {
    const people = Array.from({ length: 6 }, somebody);
    for (const person of people) statementsOf.set(person, { count: 1, ms: 300 });
    await world.publish(...people.map((person) => event(person, 1)));
    await start(slow('one'));
    for (const person of people)
      await eventually(async () => expect(await seen(world, person, 'one_1.seen_event')).toEqual([1]));
    expect(await world.query('SELECT FROM parked_event')).toEqual([]);
  });

  it('a statement that always takes too long parks for each subscription, however many there are', async () => {
    const [long, well] = [somebody(), somebody()];
    statementsOf.set(long, { count: 1, ms: 60_000 });
    await world.publish(event(long, 1), ...events(well, 2));
    await start(slow('one'), slow('two'));
    await eventually(async () => expect(await parkedRows(world, long)).toHaveLength(2));
    expect(await parkedRows(world, long)).toMatchObject([
      { subscription: 'one', reason: 'poison: error 57014' },
      { subscription: 'two', reason: 'poison: error 57014' },
    ]);
    await eventually(async () => expect(await seen(world, well, 'two_1.seen_event')).toEqual([1, 2]));
  });

  it('a handler of many statements that outlasts it three times parks, and nobody else does', async () => {
    const [long, well] = [somebody(), somebody()];
    statementsOf.set(long, { count: 10, ms: 300 });
    const sound = { ...seenProjection(undefined, { name: 'sound' }), tables: [] };
    await world.publish(event(long, 1), ...events(well, 2));
    await start(slow('one'), sound);
    await eventually(async () => expect(await parkedRows(world, long)).toHaveLength(1));
    expect(await parkedRows(world, long)).toMatchObject([{ subscription: 'one', reason: 'poison: error 25P04' }]);
    await eventually(async () => expect(await seen(world, well, 'one_1.seen_event')).toEqual([1, 2]));
    expect(await seen(world, long, 'sound_1.seen_event')).toEqual([1]);
  });

  it('a reaction that outlasts it three times parks, and the others go on', async () => {
    const [long, well] = [somebody(), somebody()];
    const outlasted = Object.assign(new Error('terminating connection'), { code: '25P04' }); // as its write() says
    const reaction = noteEach(world, ({ partitionkey }) => {
      if (partitionkey === long) throw outlasted;
    });
    await startReactions(world, [reaction]);
    await world.publish(event(long, 1), ...events(well, 2));
    await eventually(async () => expect(await parkedRows(world, long)).toHaveLength(1));
    expect(await parkedRows(world, long)).toMatchObject([{ subscription: 'note-each', reason: 'poison: Error 25P04' }]);
    await eventually(async () => expect(await decided(world, well)).toEqual([1, 2]));
  });
});
