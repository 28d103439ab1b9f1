import { eventually, logsUnderTest } from '@homeward/testing';
import {
  decided,
  events,
  lastTaken,
  noteEach,
  openWorld,
  somebody,
  startReactions,
  type World,
} from './reader.fixture';

describe.each(logsUnderTest())('a reaction and its inbox row are one, on the %s log', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(kind);
  });
  afterEach(() => world.close());

  it('the row carries the id of the transaction that decided', async () => {
    const person = somebody();
    const inside: string[] = [];
    const reaction = noteEach(world);
    const reactions = await startReactions(world, [
      {
        ...reaction,
        // Between the reaction's commit and whatever the reader does next.
        async react(event, inbox) {
          await reaction.react(event, inbox);
          const [row] = await world.query<{ one: boolean; last: string }>(
            `SELECT i.xmin = d.xmin AS one, i.last_sequence AS last FROM inbox i JOIN decided d USING (source, stream)
              WHERE i.reader = $1 AND d.stream = $2 AND d.sequence = $3`,
            [inbox.reader, inbox.stream, inbox.sequence],
          );
          inside.push(`${String(row?.one)} ${row?.last}`);
        },
      },
    ]);
    await world.publish(...events(person, 3));
    await eventually(async () => expect(await lastTaken(world, reactions.name, person)).toBe(3));
    await eventually(() => expect(inside).toEqual(['true 1', 'true 2', 'true 3']));
    expect(await decided(world, person)).toEqual([1, 2, 3]);
  });

  it('what follows a decision is no longer part of it: a failure there decides nothing twice', async () => {
    const person = somebody();
    const reaction = noteEach(world, undefined, { name: 'falls-over' });
    let failures = 0;
    const { name } = reaction;
    await startReactions(world, [
      {
        ...reaction,
        async react(event, inbox) {
          await reaction.react(event, inbox);
          if (failures++ < 2) throw new RangeError('after the commit');
        },
      },
    ]);
    await world.publish(...events(person, 2));
    await eventually(async () => {
      const rows = await world.query<{ sequence: string }>(
        'SELECT sequence FROM decided WHERE reaction = $1 AND stream = $2 ORDER BY sequence',
        [name, person],
      );
      expect(rows).toEqual([{ sequence: '1' }, { sequence: '2' }]);
    });
    await eventually(() => expect(failures).toBeGreaterThan(2));
  });
});
