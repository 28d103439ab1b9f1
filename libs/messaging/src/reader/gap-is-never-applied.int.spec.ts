import { eventually, logsUnderTest } from '@homeward/testing';
import {
  decided,
  event,
  events,
  lastTaken,
  noteEach,
  openWorld,
  seen,
  seenProjection,
  somebody,
  startReactions,
  startReader,
  type World,
} from './reader.fixture';

describe.each(logsUnderTest())('a gap is never applied, on the %s log', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(kind);
  });
  afterEach(() => world.close());

  it('the reader reads again, then stops, and its position stays in front', async () => {
    const [person, other] = [somebody(), somebody()];
    await world.publish(event(person, 1), event(person, 3), event(person, 4), ...events(other, 3));
    const reader = await startReader(world, [seenProjection()]);
    const { stopped } = await eventually(async () => {
      const status = await reader.status();
      expect(status.stopped).toBeDefined();
      return status;
    });
    expect(stopped).toMatchObject({ code: 'gap', detail: `/homeward/people ${person}: 4 after 1` });
    expect(await seen(world, person)).toEqual([1]);
    expect(await seen(world, other)).toEqual([1, 2, 3]);
    expect(await lastTaken(world, reader.name, person)).toBe(1);

    const next = await startReader(world, [seenProjection()]);
    await eventually(async () => expect((await next.status()).stopped?.code).toBe('gap'));
    expect(await seen(world, person)).toEqual([1]);
  });

  it('nor by a reaction', async () => {
    const person = somebody();
    await world.publish(event(person, 1), event(person, 3));
    const reactions = await startReactions(world, [noteEach(world)]);
    await eventually(async () => expect((await reactions.status()).stopped?.code).toBe('gap'));
    expect(await decided(world, person)).toEqual([1]);
    expect(await lastTaken(world, reactions.name, person)).toBe(1);
  });
});
