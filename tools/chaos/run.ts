import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';
import type { PersonaName } from '../../infra/local/issuer/personas';
import { ended } from '../../infra/local/processes';
import { freeBlock } from '../start/ports';
import { System } from '../start/system';
import { Client } from './client';
import { Disturbances } from './disturbances';
import { Fleet } from './fleet';
import { HolderWatch } from './holders';
import { Journal } from './journal';
import { Kills } from './kills';
import { openTeams, peopleOneByOne } from './load';
import { showProgress } from './progress';
import { pause, seeded } from './random';
import { Relays } from './relays';
import { reportOf, type ChaosReport } from './report';
import { openWays } from './ways';

export interface ChaosOptions {
  kills: number;
  callers: number;
  seed: number;
  /** How long the event log is away at the end, in milliseconds, while no command may be refused for it. */
  outage: number;
  kafka: boolean;
  /** Services and gateway run in a container each, and containers are killed. */
  containers: boolean;
}

/** Longer than a caller waits for an answer: what a fault has left without one is known as such by then. */
const SETTLING_MS = 12_000;

/** One of them may wait for a process that is paused. */
const WATCHERS = 3;

/** A load, faults, and a checker; resolves with what was done and found. */
export async function chaos(options: ChaosOptions, say: (line: string) => void): Promise<ChaosReport> {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-chaos-'));
  const random = seeded(options.seed);
  const ports = await freeBlock(12_080, say);
  const ways = await openWays(ports);
  const system = new System({
    ports,
    folder,
    kafka: options.kafka,
    containers: options.containers,
    kafkaAdvertisedPort: ways.kafka.port,
    environment: { RATE_LIMIT: '1000000', CLOCK: 'system', ...ways.environment },
  });
  const relays = new Relays(() => system.databaseServer);
  say(`seed ${options.seed}, ${options.kafka ? 'Kafka' : 'the Postgres log'}, everything under ${folder}`);
  let fleet: Fleet | undefined;
  let supervising: Promise<void> | undefined;
  let over = false;
  try {
    const startedAt = new Date();
    await system.start();
    fleet = await Fleet.launch(system, ports);
    const stopped = () => over;
    const journal = new Journal(join(folder, 'journal.jsonl'));
    const client = new Client(fleet.gateways, system.issuer, journal, stopped);
    const watch = new HolderWatch(client, fleet.addressesOf('flow'), random);
    const teams = await openTeams(client);
    const load = {
      ...{ client, teams, random, stopped },
      onHeld: (id: string, by: PersonaName) => watch.add(id, by),
      onLeaving: (id: string) => watch.remove(id),
    };
    const callers = Array.from({ length: options.callers }, () => peopleOneByOne(load));
    const disturbances = new Disturbances({ system, fleet, relays, ways, random });
    // Two cores bear no more: to start a service costs one of them about 1.5 s, and a kill is over when it is ready again.
    // Kafka makes whoever comes back wait until the session of the one that was killed has ended, which takes 6 s.
    const lanes = options.kafka ? 3 : 2;
    const kills = new Kills({ fleet, relays, random, lanes, disturbed: () => disturbances.now !== undefined });
    const watching = Array.from({ length: WATCHERS }, () => watch.watch(stopped));
    supervising = fleet.supervise();
    const progress = showProgress({ wanted: options.kills, kills, disturbances, journal, say });
    const killing = kills.run(options.kills);
    let killed = false;
    await Promise.all([killing.finally(() => (killed = true)), disturbances.run(() => killed)]);
    await fleet.allReady();
    await pause(SETTLING_MS);
    progress.end();

    const before = { accepted: journal.total, retried: client.retried };
    say(`the event log goes away for ${options.outage / 1000} s; nothing else happens`);
    if (system.ownsLog) await system.withoutLog(() => pause(options.outage));
    const during = { accepted: journal.total - before.accepted, retried: client.retried - before.retried };
    over = true;
    await Promise.all([...callers, ...watching]);
    await relays.close();

    const violations = await check(system, ports.postgres, folder);
    const neverNamed = await watch.neverNamed();
    return reportOf({
      ...{ options, startedAt, folder, fleet, journal, client, watch, neverNamed, kills, disturbances, violations },
      outage: system.ownsLog ? during : undefined,
    });
  } finally {
    over = true;
    if (fleet) fleet.closed = true;
    await supervising;
    await system.stop();
    await ways.close();
  }
}

/** A process of its own, which shares nothing with the run but the journal and the databases. */
async function check(system: System, databasePort: number, folder: string): Promise<number> {
  const script = join(checkoutRoot(), 'dist', 'tools', 'chaos', 'check.js');
  const env = { ...process.env, ...system.environment(), DATABASE_PORT: String(databasePort) };
  const child = spawn(process.execPath, [script, folder], { stdio: 'inherit', env });
  await ended(child);
  return child.exitCode ?? 1;
}
