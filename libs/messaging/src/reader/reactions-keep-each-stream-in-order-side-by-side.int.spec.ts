import { partitionOf, personFactsChanged } from '@homeward/contracts';
import { eventually, logsUnderTest } from '@homeward/testing';
import type { Reaction } from '../subscription';
import {
  decided,
  event,
  events,
  lastTaken,
  noteEach,
  openWorld,
  type Publishable,
  somebody,
  startReactions,
  type World,
} from './reader.fixture';

const COUNT = 6;
const all = Array.from({ length: COUNT }, (_, i) => i + 1);

/** What runs at the same time: streams, and events of one stream. */
function watched(reaction: Reaction) {
  const running = new Map<string, number>();
  const most = { streams: 0, ofOne: 0 };
  const react: Reaction['react'] = async (event, inbox) => {
    running.set(event.partitionkey, (running.get(event.partitionkey) ?? 0) + 1);
    most.streams = Math.max(most.streams, running.size);
    most.ofOne = Math.max(most.ofOne, running.get(event.partitionkey) ?? 0);
    try {
      await reaction.react(event, inbox);
    } finally {
      const left = (running.get(event.partitionkey) ?? 1) - 1;
      if (left > 0) running.set(event.partitionkey, left);
      else running.delete(event.partitionkey);
    }
  };
  return { most, reaction: { ...reaction, react } };
}

/** Until `release`, the reaction is at `stream`. */
function held(reaction: Reaction, stream: string) {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let reached = false;
  const react: Reaction['react'] = async (event, inbox) => {
    reached ||= event.partitionkey === stream;
    if (event.partitionkey === stream) await released;
    await reaction.react(event, inbox);
  };
  return { reaction: { ...reaction, react }, release: () => release(), isReached: () => reached };
}

const interleaved = (people: string[]): Publishable[] =>
  all.flatMap((sequence) => people.map((person) => event(person, sequence)));

describe.each(logsUnderTest())('reactions keep each stream in order, side by side, on the %s log', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(kind);
  });
  afterEach(() => world.close());

  /** Many decisions: it waits long, for a machine that others use too. */
  const allDecided = (person: string) =>
    eventually(async () => expect(await decided(world, person)).toEqual(all), 45_000);

  it('several streams at a time, of each stream one event at a time', async () => {
    const people = Array.from({ length: 20 }, somebody);
    const { most, reaction } = watched(noteEach(world));
    await world.publish(...interleaved(people));
    await startReactions(world, [reaction]);
    for (const person of people) await allDecided(person);
    expect(most.ofOne).toBe(1);
    expect(most.streams).toBeGreaterThan(1);
  });

  it('a slow stream holds no other, and the position stays in front of it', async () => {
    const slow = somebody();
    const beside = Array.from({ length: 12 }, somebody);
    const { reaction, release, isReached } = held(noteEach(world), slow);
    const first = [slow, ...beside];
    await world.publish(...interleaved(first));
    const reader = await startReactions(world, [reaction]);
    try {
      await eventually(() => isReached());
      for (const person of beside) await allDecided(person);
      const later = Array.from({ length: 12 }, somebody).filter((one) => partitionOf(one) !== partitionOf(slow));
      await world.publish(...interleaved(later));
      for (const person of later) await allDecided(person);
      // What the slow one stands in front of: its own events at least, those of its partition at most.
      const waiting = first.filter((one) => partitionOf(one) === partitionOf(slow)).length * COUNT;
      await eventually(async () => {
        const { lag } = await reader.status();
        expect(lag).toBeGreaterThanOrEqual(BigInt(COUNT));
        expect(lag).toBeLessThanOrEqual(BigInt(waiting));
      });
      expect(await decided(world, slow)).toEqual([]);
    } finally {
      release();
    }
    await eventually(async () => expect((await reader.status()).lag).toBe(0n));
    expect(await decided(world, slow)).toEqual(all);
  });

  it('what nobody wants stands in its place among what somebody does', async () => {
    const people = Array.from({ length: 10 }, somebody);
    const mixed = people.flatMap((person) =>
      all.map((n) => event(person, n, n % 3 === 0 ? {} : { contract: personFactsChanged })),
    );
    const taken: [string, bigint][] = [];
    const note = noteEach(world);
    const react: Reaction['react'] = async (event, inbox) => {
      await note.react(event, inbox);
      taken.push([event.partitionkey, event.sequence]);
    };
    const reader = await startReactions(world, [{ ...note, react }]);
    await world.publish(...mixed);
    for (const person of people) {
      await eventually(async () => expect(await lastTaken(world, reader.name, person)).toBe(COUNT));
      const own = taken.filter(([stream]) => stream === person).map(([, sequence]) => sequence);
      expect(own).toEqual([3n, 6n]);
    }
  });

  it('an event that is parked holds those behind it, and nobody beside it', async () => {
    const [parked, ...beside] = Array.from({ length: 6 }, somebody) as [string, ...string[]];
    let broken = true;
    const reaction = noteEach(world, (one) => {
      if (broken && one.partitionkey === parked && one.sequence === 4n) throw new TypeError('broken');
    });
    const reader = await startReactions(world, [reaction]);
    await world.publish(...interleaved([parked, ...beside]));
    for (const person of beside) await allDecided(person);
    await eventually(async () => expect(await lastTaken(world, reader.name, parked)).toBe(COUNT));
    broken = false; // what comes now stays behind what is parked
    await world.publish(...events(parked, 2, COUNT + 1));
    await eventually(async () => expect(await lastTaken(world, reader.name, parked)).toBe(COUNT + 2));
    expect(await decided(world, parked)).toEqual([1, 2, 3]);
  });
});
