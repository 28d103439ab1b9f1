import { personRegistered, sourceOf } from '@homeward/contracts';
import { eventually } from '@homeward/testing';
import type { ReceivedRecord } from '../log/port';
import { readRecord } from '../reader/incoming';
import { projectionsReaderName } from '../reader/options';
import { events, openWorld, SERVICE, somebody, type World } from '../reader/reader.fixture';
import type { Tx } from '../subscription';
import { inTransaction } from '../transaction';
import { fill, type Filling } from './fill';

const LIVE = projectionsReaderName(SERVICE);
const [PEOPLE, EACH, AT_ONCE] = [20, 3, 4];

let world: World;
beforeAll(async () => {
  world = await openWorld('postgres');
});
afterAll(() => world.close());

const apply = async (tx: Tx, wanted: { partitionkey: string; sequence: bigint }[]): Promise<void> => {
  await tx.query(
    `INSERT INTO decided (reaction, source, stream, sequence, previous)
      SELECT 'filled', '', stream, sequence, 0 FROM unnest($1::text[], $2::bigint[]) AS e (stream, sequence)`,
    [wanted.map(({ partitionkey }) => partitionkey), wanted.map(({ sequence }) => sequence)],
  );
};
const subscription = { name: 'seen@2', types: [personRegistered.type], apply };
const filling: Filling = { reader: `${LIVE}.seen@2`, live: LIVE, active: { subscription, schema: 'public' } };

/** A rebuild that lost its lock goes on until it notices, and the next one may have begun. */
test('two who fill the same tables apply each event once', async () => {
  const streams = Array.from({ length: PEOPLE }, somebody);
  await world.query(
    'INSERT INTO inbox (reader, source, stream, last_sequence) SELECT $1, $2, stream, $3 FROM unnest($4::text[]) AS stream',
    [LIVE, sourceOf('people'), EACH, streams],
  );
  const incoming = streams
    .flatMap((stream) => events(stream, EACH))
    .map(({ record }) => readRecord(record as unknown as ReceivedRecord, () => true));
  let begun = 0;
  const fillOnce = () =>
    inTransaction(world.pools.worker, [], async (connection) => {
      begun += 1;
      await eventually(() => expect(begun).toBe(AT_ONCE));
      await fill(connection, filling, incoming);
      return { closing: [], result: undefined };
    });
  await Promise.all(Array.from({ length: AT_ONCE }, fillOnce));
  expect(await world.query('SELECT count(*)::int AS applied FROM decided')).toEqual([{ applied: PEOPLE * EACH }]);
});
