import { eventually, logsUnderTest, startDatabaseServer, type TestDatabaseServer } from '@homeward/testing';
import {
  decided,
  events,
  noteEach,
  openWorld,
  seen,
  seenProjection,
  somebody,
  startReactions,
  startReader,
  type World,
} from './reader.fixture';

describe.each(logsUnderTest())('a database that is down moves no position, on the %s log', (kind) => {
  let world: World;
  let server: TestDatabaseServer;
  beforeAll(async () => {
    server = await startDatabaseServer();
    world = await openWorld(kind, server);
  });
  afterAll(async () => {
    await world.close();
    await server.remove();
  });

  it('nothing parks, nothing is lost, and the readers come back by themselves', async () => {
    const person = somebody();
    const reader = await startReader(world, [seenProjection()]);
    const reactions = await startReactions(world, [noteEach(world)]);
    await world.publish(...events(person, 3));
    await eventually(async () => expect(await decided(world, person)).toEqual([1, 2, 3]));
    await eventually(async () => expect((await reactions.status()).lag).toBe(0n));

    await server.kill();
    await world.publish(...events(person, 5, 4));
    for (const one of [reader, reactions]) {
      await eventually(async () => expect((await one.status()).counts.retries).toBeGreaterThan(3));
      expect(await one.status()).toMatchObject({ lag: 5n, stopped: undefined, parked: undefined });
    }
    await server.start();
    await eventually(async () => expect(await seen(world, person)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]));
    await eventually(async () => expect(await decided(world, person)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]));
    expect(await world.query('SELECT FROM parked_event')).toEqual([]);
  });
});
