import { eventually, logsUnderTest } from '@homeward/testing';
import {
  decided,
  event,
  lastTaken,
  noteEach,
  openWorld,
  parkedRows,
  seen,
  seenProjection,
  somebody,
  startReactions,
  startReader,
  type World,
} from './reader.fixture';

describe.each(logsUnderTest())('on the %s log', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(kind);
    await startReader(world, [seenProjection()]);
    await startReactions(world, [noteEach(world)]);
  });
  afterAll(() => world.close());

  it('an unknown name is counted, skipped and taken', async () => {
    const person = somebody();
    await world.publish(
      event(person, 1),
      event(person, 2, { type: 'homeward.people.weather.changed.v1', data: {} }),
      event(person, 3),
    );
    for (const reader of world.readers) {
      await eventually(async () => expect(await lastTaken(world, reader.name, person)).toBe(3));
      expect(await reader.status()).toMatchObject({ counts: { skipped: 1, parked: 0 }, stopped: undefined });
    }
    expect(await parkedRows(world, person)).toEqual([]);
    for (const table of ['seen_1.seen_event', 'decided']) {
      const rows = await world.query<{ n: string }>(`SELECT sequence AS n FROM ${table} ORDER BY 1`);
      expect(rows.map(({ n }) => n)).toEqual(['1', '3']);
    }
  });

  it('an unknown major of a known name parks, with what is behind it', async () => {
    const person = somebody();
    await world.publish(
      event(person, 1),
      event(person, 2, { type: 'homeward.people.person.registered.v9' }),
      event(person, 3),
    );
    await eventually(async () => expect(await parkedRows(world, person)).toHaveLength(4));
    expect(await parkedRows(world, person)).toMatchObject([
      {
        subscription: 'note-each',
        sequence: '2',
        reason: 'poison: unknown major: homeward.people.person.registered.v9',
      },
      { subscription: 'note-each', sequence: '3' },
      { subscription: 'seen', sequence: '2', reason: 'poison: unknown major: homeward.people.person.registered.v9' },
      { subscription: 'seen', sequence: '3' },
    ]);
    expect(await seen(world, person)).toEqual([1]);
    expect(await decided(world, person)).toEqual([1]);
  });
});
