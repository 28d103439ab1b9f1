import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';
import { type Machine, thisMachine } from '../bench/machine';
import type { Client } from './client';
import { type Distribution, distributionOf, histogramOf } from './distribution';
import type { Disturbances } from './disturbances';
import type { Fleet } from './fleet';
import type { HolderWatch } from './holders';
import type { Journal } from './journal';
import type { Kills } from './kills';
import type { ChaosOptions } from './run';

/** What was done to the system, and what came of it. Times in milliseconds. */
export interface ChaosReport {
  machine: Omit<Machine, 'postgres'>;
  log: 'postgres' | 'kafka';
  seed: number;
  callers: number;
  minutes: number;
  kills: { total: number; ofRelays: number; byProcess: Record<string, number> };
  /** Processes that ended by themselves, as one does whose database is away as it starts. */
  endedByThemselves: number;
  otherFaults: Record<string, number>;
  commands: Record<string, number>;
  /** Sends without an answer, done again under the same key. */
  sentAgain: number;
  recovery: { alone: Distribution; amidOthers: Distribution; histogram: Bar[] };
  takeover: { alone: Distribution; amidOthers: Distribution; histogram: Bar[] };
  outage?: { seconds: number; accepted: number; notAnswered: number };
  holders: { asked: number; without: number; neverNamed: number };
  checked: { events: number; repeats: number; people: number; violations: number };
  /** Of the callers and of `/holders`; the checker prints its own. */
  found: string[];
  /** All violations, wherever they were seen. */
  failed: number;
}

export type Bar = ReturnType<typeof histogramOf>[number];

const RECOVERY_BOUNDS = [1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 8_000, 12_000, 20_000, 40_000];
const TAKEOVER_BOUNDS = [100, 200, 300, 400, 500, 750, 1_000, 2_000, 4_000, 8_000, 16_000];

interface Run {
  options: ChaosOptions;
  startedAt: Date;
  folder: string;
  fleet: Fleet;
  journal: Journal;
  client: Client;
  watch: HolderWatch;
  /** People whom nobody was ever named for. */
  neverNamed: number;
  kills: Kills;
  disturbances: Disturbances;
  /** The checker's. */
  violations: number;
  outage: { accepted: number; retried: number } | undefined;
}

export function reportOf(run: Run): ChaosReport {
  const { options, client, watch, neverNamed, outage } = run;
  const kills = run.kills.done;
  const found = [
    ...client.surprises.first.map((line) => `refused: ${line}`),
    ...watch.gaps.first.map((line) => `without a holder: ${line}`),
    ...(neverNamed > 0 ? [`${neverNamed} people were never held by anybody`] : []),
    ...(outage?.accepted === 0 ? ['no command was accepted while the log was away'] : []),
    ...(outage && outage.retried > 0
      ? [`${outage.retried} requests were not answered while only the log was away`]
      : []),
  ];
  const other = found.length - client.surprises.first.length - watch.gaps.first.length;
  return {
    machine: thisMachine(),
    log: options.kafka ? 'kafka' : 'postgres',
    ...{ seed: options.seed, callers: options.callers },
    minutes: Math.round((Date.now() - run.startedAt.getTime()) / 6_000) / 10,
    kills: {
      total: kills.length,
      ofRelays: kills.filter(({ relay }) => relay).length,
      byProcess: countsOf(kills.map(({ process }) => process)),
    },
    endedByThemselves: run.fleet.endedByThemselves,
    otherFaults: Object.fromEntries(run.disturbances.counts),
    commands: Object.fromEntries(run.journal.counts),
    sentAgain: client.retried,
    recovery: timesOf(
      kills.map(({ recovery, amid }) => ({ time: recovery, amid })),
      RECOVERY_BOUNDS,
    ),
    takeover: timesOf(
      kills.flatMap(({ takeover, amid }) => (takeover === undefined ? [] : [{ time: takeover, amid }])),
      TAKEOVER_BOUNDS,
    ),
    outage: outage && { seconds: options.outage / 1000, accepted: outage.accepted, notAnswered: outage.retried },
    holders: { asked: watch.asked, without: watch.gaps.count, neverNamed },
    checked: JSON.parse(readFileSync(join(run.folder, 'checked.json'), 'utf8')) as ChaosReport['checked'],
    found,
    failed: run.violations + client.surprises.count + watch.gaps.count + other,
  };
}

function timesOf(values: { time: number; amid: boolean }[], bounds: number[]): ChaosReport['recovery'] {
  const of = (amid: boolean): number[] => values.filter((value) => value.amid === amid).map(({ time }) => time);
  const histogram = histogramOf(
    values.map(({ time }) => time),
    bounds,
  );
  return { alone: distributionOf(of(false)), amidOthers: distributionOf(of(true)), histogram };
}

function countsOf(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const FILE = join(checkoutRoot(), 'docs', 'reference', 'chaos.json');

/** What was published last, by log. */
export const readReports = (): Record<string, ChaosReport> =>
  existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, ChaosReport>) : {};

export function publish(report: ChaosReport): void {
  writeFileSync(FILE, `${JSON.stringify({ ...readReports(), [report.log]: report }, null, 2)}\n`);
}
