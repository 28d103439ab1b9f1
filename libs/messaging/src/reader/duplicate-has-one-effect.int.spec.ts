import { eventually, logsUnderTest } from '@homeward/testing';
import { event, events, openWorld, seen, seenProjection, somebody, startReader, type World } from './reader.fixture';

describe.each(logsUnderTest())('on the %s log', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(kind);
  });
  afterAll(() => world.close());

  it('a duplicate has one effect', async () => {
    const person = somebody();
    const [first, second, third] = events(person, 3);
    const reader = await startReader(world, [seenProjection()]);
    await world.publish(first!, second!, first!, second!, second!, third!, first!, third!);
    await world.publish(event(person, 2), event(person, 4));
    await eventually(async () => expect(await seen(world, person)).toEqual([1, 2, 3, 4]));
    await reader.stop();
  });
});
