import { eventually, logsUnderTest, startChild } from '@homeward/testing';
import { join } from 'node:path';
import {
  decided,
  events,
  openWorld,
  seen,
  seenProjection,
  somebody,
  startReactions,
  startReader,
  noteEach,
  type World,
} from './reader.fixture';

const KILLS = 3;
const COUNT = 30;
const all = Array.from({ length: COUNT }, (_, i) => i + 1);

describe.each(logsUnderTest())('readers killed in a batch apply each event once, on the %s log', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(kind);
    await startReader(world, [seenProjection()]).then((reader) => reader.stop()); // installs
  });
  afterAll(() => world.close());

  it('after any number of SIGKILLs', async () => {
    const people = Array.from({ length: 20 }, somebody);
    for (const person of people) await world.publish(...events(person, COUNT));
    const taken = async (): Promise<number> => {
      const [row] = await world.query<{ n: number }>(
        `SELECT (SELECT count(*) FROM seen_1.seen_event)::int + (SELECT count(*) FROM decided)::int AS n`,
      );
      return row?.n ?? 0;
    };
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = await taken();
      const child = startChild(join(__dirname, 'reader.child.ts'), { log: world.logConfig, config: world.config });
      await eventually(async () => (await taken()) > before + Math.random() * 60);
      await child.kill();
    }
    const atTheLastKill = await taken();
    expect(atTheLastKill).toBeLessThan(2 * people.length * COUNT); // or nothing was in the middle
    await startReader(world, [seenProjection()]);
    await startReactions(world, [noteEach(world)]);
    for (const person of people) {
      await eventually(async () => expect(await seen(world, person)).toEqual(all));
      await eventually(async () => expect(await decided(world, person)).toEqual(all));
    }
  });
});
