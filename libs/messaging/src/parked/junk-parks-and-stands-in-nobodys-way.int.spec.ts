import { partitionOf } from '@homeward/contracts';
import { eventually, logsUnderTest } from '@homeward/testing';
import { randomBytes } from 'node:crypto';
import {
  decided,
  event,
  events,
  noteEach,
  openWorld,
  type Publishable,
  seen,
  seenProjection,
  somebody,
  startReactions,
  startReader,
  type World,
} from '../reader/reader.fixture';
import { rebuildProjection } from '../rebuild/rebuild';

describe.each(logsUnderTest())('junk parks and stands in nobody’s way, on the %s log', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(kind);
    await startReader(world, [seenProjection()]);
    await startReactions(world, [noteEach(world)]);
  });
  afterEach(() => world.close());

  /** A person's event, on the partition of `beside`, with some headers as somebody else wrote them. */
  function foreign(beside: string, headers: Record<string, string>): Publishable {
    const { service, record } = event(somebody(), 1);
    return {
      service,
      record: { ...record, partition: partitionOf(beside), headers: { ...record.headers, ...headers } },
    };
  }
  async function flows(person: string): Promise<void> {
    await eventually(async () => expect(await seen(world, person)).toEqual([1, 2]));
    await eventually(async () => expect(await decided(world, person)).toEqual([1, 2]));
    for (const reader of world.readers) expect(await reader.status()).toMatchObject({ stopped: undefined, stale: [] });
  }
  const parked = (subscription: string) =>
    world.query<{ stream: string; reason: string }>(
      'SELECT stream, reason FROM parked_event WHERE subscription = $1 ORDER BY since',
      [subscription],
    );

  it.each([
    ['a stream that holds NUL', { ce_partitionkey: 'person/\0' }],
    ['a source that holds NUL', { ce_source: '/home\0ward/people' }],
    ['a stream too long for an index', { ce_partitionkey: randomBytes(5_000).toString('hex') }],
    ['a source too long for an index', { ce_source: randomBytes(5_000).toString('hex') }],
  ])('%s is no place: it gets one of its own', async (_, headers) => {
    const person = somebody();
    await world.publish(foreign(person, headers), ...events(person, 2));
    await flows(person);
    for (const subscription of ['seen', 'note-each'])
      expect(await parked(subscription)).toMatchObject([{ stream: expect.stringMatching(/^partition\//) as string }]);
  });

  it('however many there are, it is their producer that is broken, and no handler', async () => {
    const person = somebody();
    const many = Array.from({ length: 8 }, () => [
      foreign(person, { ce_partitionkey: '' }),
      foreign(person, { ce_time: 'never' }),
    ]).flat();
    await world.publish(...many, ...events(person, 2));
    await flows(person);
    for (const subscription of ['seen', 'note-each']) {
      const rows = await parked(subscription);
      expect(rows).toHaveLength(16);
      expect(rows.filter(({ reason }) => reason.startsWith('poison: not an event'))).toHaveLength(16);
    }
    const { config, log, pools } = world;
    const rebuilt = await rebuildProjection(
      { config, log, worker: pools.worker, projections: [seenProjection()] },
      'seen',
    );
    expect(rebuilt.differences).toEqual([]);
  });
});
