import { applyBatch, type BatchReader } from './batch';
import { readRecord } from './incoming';
import { event, openWorld, seenProjection, somebody, startReader, type World } from './reader.fixture';

const ROUNDS = 25;
const PEOPLE = 400;

describe('two batches for the same people', () => {
  let world: World;
  let reader: BatchReader;
  const projection = seenProjection(undefined, {
    apply: async (tx, events, schema) => {
      const columns = [events.map((e) => e.partitionkey), events.map((e) => e.sequence), events.map((e) => e.id)];
      await tx.query(
        `INSERT INTO ${schema}.seen_event (source, stream, sequence, previous, event_id)
          SELECT 'test', stream, sequence, 0, id FROM unnest($1::text[], $2::bigint[], $3::uuid[]) AS e (stream, sequence, id)`,
        columns,
      );
    },
  });
  beforeAll(async () => {
    world = await openWorld('postgres');
    await startReader(world, [projection]).then((started) => started.stop());
    const { worker } = world.pools;
    reader = { name: 'homeward.flow', worker, subscriptions: [projection], statementTimeoutMs: 8_000 };
  });
  afterAll(() => world.close());

  /** As two replicas that both hold a partition for a moment: the same streams, come in another order. */
  it('do not deadlock, and apply each event once', async () => {
    const people = Array.from({ length: PEOPLE }, somebody);
    for (let sequence = 1; sequence <= ROUNDS; sequence += 1) {
      const batch = people.map((person) => {
        const { record } = event(person, sequence);
        return readRecord({ ...record, topic: 'homeward.people', offset: 0n }, () => true);
      });
      const batches = [batch, batch.toReversed(), [...batch.slice(PEOPLE / 2), ...batch.slice(0, PEOPLE / 2)]];
      const results = await Promise.allSettled(batches.map((one) => applyBatch(reader, one)));
      expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    }
    const [row] = await world.query<{ n: number }>('SELECT count(*)::int AS n FROM seen_1.seen_event');
    expect(row?.n).toBe(ROUNDS * PEOPLE);
  });
});
