import { join } from 'node:path';
import { openEventLog } from '@homeward/messaging';
import { worst, type Figure } from '../figures';
import type { LogKind, Stage } from '../stage';
import { backlog, FOUNDATION, SERVICE, TOPIC, unpublished } from './tables';

const BATCH = 500;

/** SIGKILL of the leader in the middle of a backlog, with a second relay standing by. */
export async function killedInADrain(stage: Stage, kind: LogKind): Promise<Figure[]> {
  const repeats: number[] = [];
  const gaps: number[] = [];
  const lost: number[] = [];
  for (let round = 0; round < stage.pairs; round += 1) {
    const log = await stage.log(kind, [TOPIC]);
    const config = await stage.database(SERVICE, FOUNDATION, `${SERVICE}_killed_${kind}_${round}`);
    const count = stage.either(40_000, 20_000);
    const script = join(__dirname, 'relay.worker.js');
    const leader = stage.worker(script);
    await leader.ask('open', { config, log });
    await until(async () => (await leader.ask<{ leading: boolean }>('now')).leading);
    const follower = stage.worker(script);
    await follower.ask('open', { config, log });
    await backlog(config, count);
    await leader.ask('published', Math.round(count * (0.1 + 0.3 * Math.random())));
    const killedAt = Date.now();
    await leader.kill();
    await until(async () => (await unpublished(config)) === 0);
    const { firstAt = Infinity } = await follower.ask<{ firstAt?: number }>('now');
    gaps.push(firstAt - killedAt);
    const { total, distinct } = await read(log);
    repeats.push(total - distinct);
    lost.push(count - distinct);
    await follower.end();
    stage.say(`  repeated ${total - distinct}, went on after ${firstAt - killedAt} ms`);
  }
  return [
    worst(`repeated after SIGKILL in a drain, ${kind}`, 'events', repeats, { atMost: BATCH }),
    worst(`lost after SIGKILL in a drain, ${kind}`, 'events', lost, { atMost: 0 }),
    worst(`until the next relay has published, ${kind}`, 'ms', gaps, { atMost: 2_000 }),
  ];
}

async function read(config: Parameters<typeof openEventLog>[0]): Promise<{ total: number; distinct: number }> {
  const log = openEventLog(config);
  const seen = new Set<string>();
  let total = 0;
  await log.readAll(TOPIC, async (records) => {
    total += records.length;
    for (const { key, headers } of records) seen.add(`${key}/${headers['ce_sequence']}`);
  });
  await log.close();
  return { total, distinct: seen.size };
}

async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 20));
}
