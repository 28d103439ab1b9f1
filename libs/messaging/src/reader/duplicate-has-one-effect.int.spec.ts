import { eventually, logsUnderTest } from '@homeward/testing';
import {
  decided,
  event,
  events,
  noteEach,
  openWorld,
  seen,
  seenProjection,
  somebody,
  startReactions,
  startReader,
  withoutPositions,
  type World,
} from './reader.fixture';

describe.each(logsUnderTest())('a duplicate has one effect, on the %s log', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(kind);
  });
  afterAll(() => world.close());

  it('in a projection, and in a reaction', async () => {
    const person = somebody();
    const [one, two, three] = events(person, 3) as [never, never, never];
    const reader = await startReader(world, [seenProjection()]);
    const reactions = await startReactions(world, [noteEach(world)]);
    await world.publish(one, two, one, two, two, three, one, three);
    await world.publish(event(person, 2), event(person, 4)); // a relay that repeats, later
    await eventually(async () => expect(await seen(world, person)).toEqual([1, 2, 3, 4]));
    await eventually(async () => expect(await decided(world, person)).toEqual([1, 2, 3, 4]));
    await Promise.all([reader.stop(), reactions.stop()]);
  });

  it('when all of the log comes again', async () => {
    const person = somebody();
    await world.publish(...events(person, 20));
    for (const log of [world.log, withoutPositions(world.log)]) {
      const reader = await startReader({ ...world, log }, [seenProjection()]);
      const reactions = await startReactions({ ...world, log }, [noteEach(world)]);
      await eventually(async () => expect((await reader.status()).lag).toBe(0n));
      await eventually(async () => expect((await reactions.status()).lag).toBe(0n));
      await Promise.all([reader.stop(), reactions.stop()]);
    }
    expect(await seen(world, person)).toHaveLength(20);
    expect(await decided(world, person)).toHaveLength(20);
  });
});
