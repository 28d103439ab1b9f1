import { eventually, logsUnderTest } from '@homeward/testing';
import {
  decided,
  event,
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

const COUNT = 60;
const all = Array.from({ length: COUNT }, (_, i) => i + 1);

describe.each(logsUnderTest())('redrive beside the live handler, on the %s log', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(kind);
  });
  afterAll(() => world.close());

  it('applies each event once and in order, while it parks again and again', async () => {
    const people = [somebody(), somebody(), somebody()];
    const odd = new Set<string>();
    // Each event fails for as long as it is in `odd`: live it parks, and a redrive meets it mended.
    const fail = (stream: string, sequence: bigint): void => {
      if (odd.has(`${stream} ${sequence}`)) throw new RangeError('not yet');
    };
    const projection = seenProjection((batch) => batch.forEach((e) => fail(e.partitionkey, e.sequence)));
    const reaction = noteEach(world, (e) => fail(e.partitionkey, e.sequence));
    await startReader(world, [projection]);
    await startReactions(world, [reaction]);
    const { worker } = world.pools;
    const redrivers = [1, 2].map(
      () => new ParkedEvents({ service: SERVICE, worker, subscriptions: [projection], reactions: [reaction] }),
    );
    let publishing = true;
    const redriving = redrivers.map(async (parked) => {
      while (publishing || (await parked.list()).length > 0) {
        odd.clear();
        for (const { subscription, ...stream } of await parked.list()) {
          await parked.redrive(subscription, stream).catch(() => undefined); // the other one holds it
        }
      }
    });
    for (const sequence of all) {
      for (const person of people) if (sequence % 7 === 2) odd.add(`${person} ${sequence}`);
      await world.publish(...people.map((person) => event(person, sequence)));
    }
    publishing = false;
    for (const person of people) {
      await eventually(async () => expect(await seen(world, person)).toEqual(all));
      await eventually(async () => expect(await decided(world, person)).toEqual(all));
    }
    await Promise.all(redriving);
  });
});
