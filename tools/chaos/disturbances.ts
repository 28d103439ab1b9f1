import { SERVICES, type System } from '../start/system';
import type { Fleet } from './fleet';
import { between, pause, pick, shuffled, type Random } from './random';
import type { Relays } from './relays';
import { slowDisk } from './slow-disk';
import { slowDatabases, slowLog, type Ways } from './ways';

export interface DisturbanceOptions {
  system: System;
  fleet: Fleet;
  relays: Relays;
  ways: Ways;
  random: Random;
}

/** What is done beside the kills, one at a time. */
export const DISTURBANCES = {
  'a process is paused': pauseOne,
  'the carrier of an outbox is paused': pauseRelay,
  'a third reader joins and leaves': rebalance,
  'a third reader joins and is killed': rebalanceByKill,
  'the log is slow': slow(slowLog),
  'the databases are slow': slow(slowDatabases),
  'the disk is slow': ({ system, random }: DisturbanceOptions) =>
    slowDisk(system.databaseServer, system.folder, between(random, 3_000, 8_000)),
  'the log is killed and returns': killLog,
  'the database is killed and returns': killDatabase,
} as const;
export type Disturbance = keyof typeof DISTURBANCES;

export class Disturbances {
  readonly counts = new Map<Disturbance, number>();
  now: Disturbance | undefined;

  constructor(private readonly options: DisturbanceOptions) {}

  /** Each kind once in every round, in a new order, with the kills going on; at least one round, until `enough`. */
  async run(enough: () => boolean): Promise<void> {
    const kinds = Object.keys(DISTURBANCES) as Disturbance[];
    const possible = kinds.filter((kind) => this.options.system.ownsLog || kind !== 'the log is killed and returns');
    while (!enough() || this.counts.size < possible.length) {
      for (const kind of shuffled(this.options.random, possible)) {
        if (enough() && this.counts.has(kind)) continue;
        // In the first round soon, for short runs; later there is time in which kills are all that is wrong.
        const rest = this.counts.size < possible.length ? [1_000, 4_000] : [4_000, 16_000];
        await pause(between(this.options.random, rest[0] ?? 0, rest[1] ?? 0));
        if (enough() && this.counts.has(kind)) continue;
        this.now = kind;
        await DISTURBANCES[kind](this.options);
        this.now = undefined;
        this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
      }
    }
  }
}

/** Sessions of the log's groups end after 6 s: half of the pauses are longer, the others shorter. */
const pauseLength = (random: Random): number =>
  random() < 0.5 ? between(random, 500, 5_000) : between(random, 7_000, 15_000);

function pauseOne({ fleet, random }: DisturbanceOptions): Promise<void> {
  return paused(fleet, random, []);
}

async function pauseRelay({ fleet, relays, random }: DisturbanceOptions): Promise<void> {
  const pids = [...(await relays.holders()).values()];
  const carriers = fleet.names.filter((name) => pids.includes(fleet.process(name).pid ?? 0));
  await paused(fleet, random, carriers);
}

/** At any moment, so also with a batch half applied and its rows locked. */
async function paused(fleet: Fleet, random: Random, wanted: string[]): Promise<void> {
  const name = fleet.take(random, wanted);
  if (name === undefined) return;
  fleet.process(name).signal('SIGSTOP');
  await pause(pauseLength(random));
  fleet.process(name).signal('SIGCONT');
  await fleet.bringBack(name);
  fleet.giveBack(name);
}

async function rebalance(options: DisturbanceOptions): Promise<void> {
  await (await third(options)).stop();
}

async function rebalanceByKill(options: DisturbanceOptions): Promise<void> {
  await (await third(options)).kill();
  await pause(7_000); // until its session has ended and the others have its partitions
}

async function third({ fleet, random }: DisturbanceOptions) {
  const process = fleet.thirdOf(pick(random, SERVICES) ?? 'flow');
  await process.answers().catch(() => undefined); // killed databases end those that just begin
  await pause(between(random, 1_000, 4_000));
  return process;
}

function slow(way: (ways: Ways, slow: boolean) => void) {
  return async ({ ways, random }: DisturbanceOptions): Promise<void> => {
    way(ways, true);
    await pause(between(random, 4_000, 10_000));
    way(ways, false);
  };
}

async function killLog({ system, random }: DisturbanceOptions): Promise<void> {
  await system.withoutLog(() => pause(between(random, 500, 6_000)));
}

async function killDatabase({ system, random }: DisturbanceOptions): Promise<void> {
  await system.killDatabase();
  await pause(between(random, 200, 4_000));
  await system.startDatabase();
}
