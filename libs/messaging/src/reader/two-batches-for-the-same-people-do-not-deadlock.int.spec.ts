import { openWorld, event, seenProjection, somebody, startReader, type World } from './reader.fixture';
import { applyBatch, type BatchReader } from './batch';
import { readRecord } from './incoming';

const ROUNDS = 40;

describe('two batches for the same people', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld('postgres');
    await startReader(world, [seenProjection()]).then((reader) => reader.stop());
  });
  afterAll(() => world.close());

  /** As two replicas that both hold a partition for a moment: the same streams, come in another order. */
  it('do not deadlock, and apply each event once', async () => {
    const people = Array.from({ length: 30 }, somebody);
    const reader: BatchReader = {
      name: 'homeward.flow',
      worker: world.pools.worker,
      subscriptions: [seenProjection()],
      statementTimeoutMs: 8_000,
    };
    for (let sequence = 1; sequence <= ROUNDS; sequence += 1) {
      const batch = people.map((person, i) => {
        const { record } = event(person, sequence);
        return readRecord({ ...record, topic: 'homeward.people', offset: BigInt(i) }, () => true);
      });
      const results = await Promise.allSettled([
        applyBatch(reader, batch),
        applyBatch(reader, [...batch].reverse()),
        applyBatch(reader, [...batch.slice(10), ...batch.slice(0, 10)]),
      ]);
      expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    }
    const [row] = await world.query<{ n: number }>('SELECT count(*)::int AS n FROM seen_1.seen_event');
    expect(row?.n).toBe(ROUNDS * people.length);
  });
});
