import { eventually, logsUnderTest } from '@homeward/testing';
import {
  decided,
  event,
  events,
  lastTaken,
  noteEach,
  openWorld,
  parkedRows,
  seen,
  seenProjection,
  somebody,
  startReactions,
  startReader,
  SERVICE,
  type World,
} from '../reader/reader.fixture';
import { ParkedEvents } from './parked-events';

describe.each(logsUnderTest())('a parked stream shows no gap, on the %s log', (kind) => {
  let world: World;
  const broken = new Set<string>();
  const fail = (stream: string, sequence: bigint): void => {
    if (broken.has(stream) && sequence === 2n) throw new RangeError('broken');
  };
  const projection = seenProjection((batch) => batch.forEach((e) => fail(e.partitionkey, e.sequence)));

  beforeAll(async () => {
    world = await openWorld(kind);
  });
  afterAll(() => world.close());

  it('the row is raised over what parks, nothing overtakes it, and after the redrive the stream flows on', async () => {
    const person = somebody();
    broken.add(person);
    const reaction = noteEach(world, ({ partitionkey, sequence }) => fail(partitionkey, sequence));
    const reader = await startReader(world, [projection]);
    const reactions = await startReactions(world, [reaction]);
    for (const sequence of [1, 2, 3, 4, 5]) {
      await world.publish(event(person, sequence));
      for (const { name } of [reader, reactions])
        await eventually(async () => expect(await lastTaken(world, name, person)).toBe(sequence));
    }
    await eventually(async () => expect(await parkedRows(world, person)).toHaveLength(8));
    expect(await seen(world, person)).toEqual([1]);
    expect(await decided(world, person)).toEqual([1]);

    broken.delete(person);
    const subscriptions = [projection];
    const parked = new ParkedEvents({
      service: SERVICE,
      worker: world.pools.worker,
      subscriptions,
      reactions: [reaction],
    });
    const stream = { source: '/homeward/people', stream: person };
    expect(await parked.redrive('seen', stream)).toEqual({ applied: 4, left: 0 });
    expect(await parked.redrive('note-each', stream)).toEqual({ applied: 4, left: 0 });
    await world.publish(...events(person, 2, 6));
    await eventually(async () => expect(await seen(world, person)).toEqual([1, 2, 3, 4, 5, 6, 7]));
    await eventually(async () => expect(await decided(world, person)).toEqual([1, 2, 3, 4, 5, 6, 7]));
    for (const one of [reader, reactions]) expect((await one.status()).stopped).toBeUndefined();
  });
});
