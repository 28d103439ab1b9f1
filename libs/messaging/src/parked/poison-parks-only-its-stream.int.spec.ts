import { eventually, logsUnderTest } from '@homeward/testing';
import {
  decided,
  event,
  events,
  noteEach,
  openWorld,
  QUICK,
  parkedRows,
  seen,
  seenProjection,
  somebody,
  startReactions,
  startReader,
  type World,
} from '../reader/reader.fixture';

describe.each(logsUnderTest())('poison parks only its stream, on the %s log', (kind) => {
  let world: World;
  const failing = new Map<string, number>();
  const tries = new Map<string, number>();
  const fail = (stream: string, sequence: bigint): void => {
    if (failing.get(stream) !== Number(sequence)) return;
    tries.set(stream, (tries.get(stream) ?? 0) + 1);
    throw new TypeError('9434765919 has no such property');
  };
  const other = seenProjection(undefined, { name: 'other' });
  const slow = new Set<string>();
  const failingProjection = seenProjection(async (batch, tx) => {
    batch.forEach(({ partitionkey, sequence }) => fail(partitionkey, sequence));
    if (batch.some(({ partitionkey }) => slow.has(partitionkey))) await tx.query('SELECT pg_sleep(60)');
  });

  beforeAll(async () => {
    world = await openWorld(kind);
    const timing = { ...QUICK, statementTimeoutMs: 1_000 };
    await startReader(world, [failingProjection, { ...other, tables: [] }], { timing });
    await startReactions(world, [noteEach(world, ({ partitionkey, sequence }) => fail(partitionkey, sequence))]);
  });
  afterAll(() => world.close());

  it('for the subscription that fails; the rest flows', async () => {
    const [ill, well] = [somebody(), somebody()];
    failing.set(ill, 2);
    await world.publish(...events(ill, 4), ...events(well, 4));
    await eventually(async () => expect(await parkedRows(world, ill)).toHaveLength(6));
    await eventually(async () => expect(await seen(world, well)).toEqual([1, 2, 3, 4]));
    await eventually(async () => expect(await decided(world, well)).toEqual([1, 2, 3, 4]));
    expect(await seen(world, ill)).toEqual([1]);
    expect(await decided(world, ill)).toEqual([1]);
    await eventually(async () => expect(await seen(world, ill, 'other_1.seen_event')).toEqual([1, 2, 3, 4]));
    expect(await parkedRows(world, ill)).toMatchObject([
      { subscription: 'note-each', sequence: '2', reason: 'poison: TypeError' },
      { subscription: 'note-each', sequence: '3' },
      { subscription: 'note-each', sequence: '4' },
      { subscription: 'seen', sequence: '2', reason: 'poison: TypeError' },
      { subscription: 'seen', sequence: '3' },
      { subscription: 'seen', sequence: '4' },
    ]);
    expect(tries.get(ill)).toBe(3 + 4); // three times each, and once more in the batch
  });

  it('when its statement takes too long, three times', async () => {
    const [long, well] = [somebody(), somebody()];
    slow.add(long);
    await world.publish(event(long, 1), ...events(well, 2));
    await eventually(async () => expect(await parkedRows(world, long)).toHaveLength(1));
    expect(await parkedRows(world, long)).toMatchObject([{ subscription: 'seen', reason: 'poison: error 57014' }]);
    await eventually(async () => expect(await seen(world, well)).toEqual([1, 2]));
  });

  it('when its data does not keep the schema, and no value of it is told', async () => {
    const ill = somebody();
    await world.publish(event(ill, 1), event(ill, 2, { data: { basis: 'Ada Lovelace' } }), event(ill, 3));
    await eventually(async () => expect(await parkedRows(world, ill)).toHaveLength(6));
    const [first] = await parkedRows(world, ill);
    expect(first?.reason).toMatch(/^poison: schema invalid: /);
    expect(first?.reason).not.toMatch(/Lovelace/);
    expect(await seen(world, ill)).toEqual([1]);
    expect(await decided(world, ill)).toEqual([1]);
  });

  it('when it is no event at all: it is seen, and stands in nobody’s way', async () => {
    const person = somebody();
    const foreign = { partition: event(person, 1).record.partition, key: 'x', headers: {}, value: 'no JSON' };
    await world.publish({ service: 'people', record: foreign }, ...events(person, 2));
    await eventually(async () => expect(await seen(world, person)).toEqual([1, 2]));
    await eventually(async () => expect(await decided(world, person)).toEqual([1, 2]));
    const unreadable = await world.query<{ n: string }>(
      `SELECT subscription AS n FROM parked_event WHERE stream LIKE 'partition/%' ORDER BY 1`,
    );
    expect(unreadable.map(({ n }) => n)).toEqual(['note-each', 'other', 'seen']);
  });
});
