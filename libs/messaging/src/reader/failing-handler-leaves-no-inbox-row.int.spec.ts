import { eventually, logsUnderTest } from '@homeward/testing';
import {
  decided,
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
  tooManyConnections,
  type World,
} from './reader.fixture';

describe.each(logsUnderTest())('a failing handler leaves no inbox row, on the %s log', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(kind);
  });
  afterAll(() => world.close());

  it('nor a half of its batch; afterwards each event is applied once', async () => {
    const person = somebody();
    let tries = 0;
    let broken = true;
    const reader = await startReader(world, [
      seenProjection(async (_, tx) => {
        tries += 1;
        await tx.query(`SELECT 1`);
        if (broken) throw tooManyConnections();
      }),
    ]);
    await world.publish(...events(person, 5));
    await eventually(() => tries > 4);
    expect(await lastTaken(world, reader.name, person)).toBe(0);
    expect(await seen(world, person)).toEqual([]);
    expect(await parkedRows(world, person)).toEqual([]);
    expect(await reader.status()).toMatchObject({ lag: 5n, stopped: undefined });
    broken = false;
    await eventually(async () => expect(await seen(world, person)).toEqual([1, 2, 3, 4, 5]));
    expect(await lastTaken(world, reader.name, person)).toBe(5);
    await eventually(async () => expect((await reader.status()).lag).toBe(0n));
  });

  it('nor a failing reaction', async () => {
    const person = somebody();
    let tries = 0;
    let broken = true;
    const fail = (): void => {
      tries += 1;
      if (broken) throw tooManyConnections();
    };
    const reactions = await startReactions(world, [noteEach(world, fail)]);
    await world.publish(...events(person, 3));
    await eventually(() => tries > 4);
    expect(await lastTaken(world, reactions.name, person)).toBe(0);
    expect(await decided(world, person)).toEqual([]);
    expect(await parkedRows(world, person)).toEqual([]);
    broken = false;
    await eventually(async () => expect(await decided(world, person)).toEqual([1, 2, 3]));
  });
});
