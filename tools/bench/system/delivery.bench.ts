import { join } from 'node:path';
import type { Bench } from '../bench';
import { figure, quantile, type Figure } from '../figures';
import type { LogKind, Stage } from '../stage';
import { IN_JOURNEY, JOURNEY, startSystem } from './running-system';

const PER_SECOND = 200;
const SECONDS = 12;
const DAY_MS = 86_400_000;

/** Answers in milliseconds since 1970, as JavaScript does. */
const COMMITTED = (xmin: string): string => `extract(epoch FROM pg_xact_commit_timestamp(${xmin})) * 1000`;

export const delivery: Bench = {
  name: 'delivery',
  target: `${PER_SECOND} referrals a second, open loop, every service running: commit → received by another process p99 ≤ 17 ms, → row in flow's database ≤ 30 ms`,
  async run(stage) {
    const figures: Figure[] = [];
    for (const kind of await stage.logs()) figures.push(...(await delivered(stage, kind)));
    return figures;
  },
};

async function delivered(stage: Stage, kind: LogKind): Promise<Figure[]> {
  const { log, calls, rows, knownPeople } = await startSystem(stage, kind);
  const caller = stage.worker(join(__dirname, 'caller.worker.js'));
  const probe = stage.worker(join(__dirname, 'probe.worker.js'));
  const load = { perSecond: stage.either(PER_SECOND, PER_SECOND / 20), seconds: SECONDS };
  const people = await knownPeople(PER_SECOND * SECONDS * (stage.pairs + 1) + 200);
  await probe.ask('open', log);
  await caller.ask('open', { calls, people });
  await caller.ask('steady', load); // warms up
  const received: number[] = [];
  const inFlow: number[] = [];
  for (let run = 0; run < stage.pairs; run += 1) {
    const before = await probe.ask<number>('count');
    const sent = await caller.ask<number>('steady', load);
    const [outbox] = await rows<{ events: string }>('referrals', 'SELECT count(*) AS events FROM outbox');
    for (
      const until = Date.now() + DAY_MS / 1_440;
      Date.now() < until && (await probe.ask<number>('count')) < Number(outbox?.events);
    )
      await new Promise((resolve) => setTimeout(resolve, 200));
    await new Promise((resolve) => setTimeout(resolve, 500)); // for flow
    const arrivals = (await probe.ask<[string, number][]>('arrivals')).slice(before);
    const committed = await instants(rows, 'referrals', committedIn(sent));
    const applied = await instants(rows, 'flow', appliedIn(sent));
    const ids = arrivals.map(([id]) => id).filter((id) => committed.has(id)); // its deadlines left in the same commit
    const since = (id: string): number => committed.get(id) ?? NaN;
    received.push(
      quantile(
        arrivals.filter(([id]) => committed.has(id)).map(([id, at]) => at - since(id)),
        0.99,
      ),
    );
    inFlow.push(
      quantile(
        ids.map((id) => (applied.get(id) ?? Infinity) - since(id)),
        0.99,
      ),
    );
    stage.say(
      `  ${kind}: p99 received ${received.at(-1)?.toFixed(1)}, in flow ${inFlow.at(-1)?.toFixed(1)} ms of ${ids.length}`,
    );
  }
  return [
    figure(`commit → received by another process, p99, ${kind} log`, 'ms', received, { atMost: 17 }),
    figure(`commit → row in flow's database, p99, ${kind} log`, 'ms', inFlow, { atMost: 30 }),
  ];
}

type Rows = <R>(database: string, text: string) => Promise<R[]>;

async function instants(rows: Rows, database: string, text: string): Promise<Map<string, number>> {
  const found = await rows<{ id: string; at: string }>(database, text);
  return new Map(found.map(({ id, at }) => [id, Number(at)]));
}

/** The audit row is of the command's transaction and never changed, unlike the outbox's. */
const committedIn = (last: number): string => `SELECT o.id, ${COMMITTED('a.xmin')} AS at
  FROM (SELECT id, headers FROM outbox WHERE ${IN_JOURNEY} ORDER BY position DESC LIMIT ${last}) AS o
  JOIN audit a ON a.action = 'receive-referral' AND a.outcome = 'done'
    AND a.correlation_id = (o.headers::jsonb ->> 'ce_correlationid')::uuid`;

const appliedIn = (last: number): string => `SELECT event_id AS id, ${COMMITTED('xmin')} AS at
  FROM ${JOURNEY} WHERE source = '/homeward/referrals' ORDER BY recorded_at DESC LIMIT ${last}`;
