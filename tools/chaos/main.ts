import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutRoot } from '../../infra/local/checkout';
import { freeBlock } from '../start/ports';
import { SERVICES, System } from '../start/system';
import { Client } from './client';
import { Faults, launchReplicas } from './faults';
import { HolderWatch } from './holders';
import { Journal } from './journal';
import { openTeams, peopleOneByOne } from './load';
import { inTurn, mutants, runMutants } from './mutants';
import { negativeControl } from './negative-control';

const HELP = `npm run chaos -- [--kills N] [--callers N] [--kafka] [--seed N] [--outage SECONDS] [--negative-control]
npm run chaos -- --mutants [--turn N] [WORD]`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kills: { type: 'string', default: '24' },
      callers: { type: 'string', default: '12' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      outage: { type: 'string', default: '60' },
      kafka: { type: 'boolean', default: false },
      mutants: { type: 'boolean', default: false },
      turn: { type: 'string' },
      'negative-control': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return (say(HELP), 0);
  if (values.mutants) {
    const all = mutants().filter(({ name }) => name.includes(positionals[0] ?? ''));
    const { caught, alive } = runMutants(values.turn ? inTurn(all, Number(values.turn), new Date()) : all, say);
    say(`${caught} caught, ${alive} alive`);
    return alive;
  }
  if (values['negative-control']) return negativeControl(process.argv.slice(2), say);
  return chaos({
    kills: Number(values.kills),
    callers: Number(values.callers),
    seed: Number(values.seed),
    outage: Number(values.outage) * 1_000,
    kafka: values.kafka,
  });
}

interface ChaosOptions {
  kills: number;
  callers: number;
  seed: number;
  /** How long the event log is away once, in milliseconds, while no command may be refused for it. */
  outage: number;
  kafka: boolean;
}

async function chaos(options: ChaosOptions): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-chaos-'));
  const random = seeded(options.seed);
  const ports = await freeBlock(12_080, say);
  const system = new System({
    ports,
    folder,
    kafka: options.kafka,
    say,
    environment: { RATE_LIMIT: '1000000', CLOCK: 'system' },
  });
  say(`seed ${options.seed}, ${options.kafka ? 'Kafka' : 'the Postgres log'}, everything under ${folder}`);
  try {
    await system.start();
    const replicas = launchReplicas(system, ports.gateway + 31);
    let over = false;
    const stopped = () => over;
    const journal = new Journal(join(folder, 'journal.jsonl'));
    const client = new Client(system.gateway, system.issuer, journal, stopped);
    const watch = new HolderWatch(client, `http://127.0.0.1:${ports.flow}`);
    const teams = await openTeams(client);
    const load = {
      stopped,
      random,
      onReferral: (id: string) => watch.add(id),
      onRejection: (id: string) => watch.remove(id),
    };
    const callers = Array.from({ length: options.callers }, () => peopleOneByOne(client, teams, load));
    const watching = watch.watch(stopped, random);
    const faults = new Faults(system, [...SERVICES, ...replicas], random, say);
    await faults.run(options.kills);
    await faults.allBack();
    const before = journal.total;
    const sentAgain = client.retried;
    await faults.stopBroker(options.outage);
    const during = journal.total - before;
    const refusedDuring = client.retried - sentAgain;
    over = true;
    await Promise.all([...callers, watching]);
    say(`${journal.total} commands accepted (${[...journal.counts].map(([k, n]) => `${k} ${n}`).join(', ')})`);
    say(`${during} of them while the log was away for ${options.outage / 1000} s; ${client.retried} sends repeated`);
    say(`faults: ${JSON.stringify(faults.counts)}`);
    const report = { ...faults.counts, accepted: Object.fromEntries(journal.counts), during, asked: watch.asked };
    writeFileSync(join(folder, 'report.json'), JSON.stringify(report, null, 2));
    const checked = check(system, folder, journal.file);
    for (const personId of watch.neverNamed()) await watch.ask(personId); // whom chance passed over
    const found = [
      ...client.surprises.map((line) => `refused: ${line}`),
      ...watch.gaps.map((line) => `without a holder: ${line}`),
      ...watch.neverNamed().map((line) => `never held by anybody: ${line}`),
      ...(during === 0 ? ['no command was accepted while the log was away'] : []),
      ...(refusedDuring > 0 ? [`${refusedDuring} requests were not answered while only the log was away`] : []),
    ];
    say(`/holders was asked ${watch.asked} times, ${watch.gaps.length} times without a holder`);
    for (const line of found.slice(0, 20)) say(line);
    const failed = checked + found.length;
    say(failed === 0 ? 'Nothing lost, nothing reordered, nothing twice.' : `${failed} violations`);
    return failed;
  } finally {
    await system.stop();
  }
}

/** A process of its own, which shares nothing with the run but the journal and the databases. */
function check(system: System, folder: string, journal: string): number {
  const script = join(checkoutRoot(), 'dist', 'tools', 'chaos', 'check.js');
  const env = { ...process.env, ...system.environment(), CHAOS_FOLDER: folder };
  const { status } = spawnSync(process.execPath, [script, journal], { stdio: 'inherit', env });
  return status ?? 1;
}

/** A small generator whose seed is printed, so that a run's choices can be repeated (its timing cannot). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function say(line: string): void {
  console.log(line);
}

main().then(
  (violations) => process.exit(violations > 0 ? 1 : 0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
