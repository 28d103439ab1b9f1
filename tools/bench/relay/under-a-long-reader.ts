import { join } from 'node:path';
import { connectionOf } from '@homeward/persistence';
import { Client } from 'pg';
import { figure, quantile, type Figure } from '../figures';
import type { LogKind, Stage } from '../stage';
import { backlog, FOUNDATION, SERVICE, TOPIC } from './tables';

const SETTLING_MS = 61_000;

/**
 * A transaction that read once stays open, so that no dead row can go. Minutes are shortened to their dead rows: 60,000
 * events (five minutes at 200/s) are relayed under it; then, the relay's floor being a minute behind, 12,000 more.
 */
export async function underALongReader(stage: Stage, kind: LogKind): Promise<Figure[]> {
  const log = await stage.log(kind, [TOPIC]);
  const config = await stage.database(SERVICE, FOUNDATION, `${SERVICE}_long_${kind}`);
  const relay = stage.worker(join(__dirname, 'relay.worker.js'));
  await relay.ask('open', { config, log });
  const reader = new Client(connectionOf(config, 'worker'));
  reader.on('error', () => undefined); // if the bench fails, that is worth telling
  await reader.connect();
  await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await reader.query('SELECT count(*) FROM outbox');
  let published = 0;
  const drain = async (count: number): Promise<number> => {
    await backlog(config, count);
    const begin = performance.now();
    published = await relay.ask<number>('published', published + count);
    return count / ((performance.now() - begin) / 1_000);
  };
  await drain(stage.either(60_000, 20_000));
  await pause(stage.either(SETTLING_MS, 1_000));
  const rates: number[] = [];
  for (let n = 0; n < stage.pairs; n += 1)
    rates.push(await drain(Math.ceil(stage.either(12_000, 4_000) / stage.pairs)));
  await drain(1);
  await relay.ask('polls');
  await pause(stage.either(20_000, 3_000)); // idle polls only
  const polls = await relay.ask<number[]>('polls');
  await reader.query('COMMIT');
  await Promise.all([reader.end(), relay.end()]);
  const idle = polls.map((_, at) => polls.slice(at, at + 40)).filter((_, at) => at % 40 === 0);
  return [
    figure(`drained while a transaction is open for minutes, ${kind}`, 'events/s', rates, { atLeast: 10_000 }),
    figure(
      `a poll meanwhile, ${kind}`,
      'ms',
      idle.map((some) => quantile(some, 0.5)),
      { atMost: 1 },
    ),
  ];
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
