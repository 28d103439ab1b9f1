import { join } from 'node:path';
import type { Bench } from '../bench';
import { compare } from '../pairs';
import { BENCH_TABLES } from './tables';

const CLIENTS = 16;

export const write: Bench = {
  name: 'write',
  target:
    '`write()` with stream, outbox, a deadline-sized row, audit and idempotency / select for update + update ≥ 0.50',
  async run(stage) {
    const config = await stage.database('flow', BENCH_TABLES);
    const whole = stage.worker(join(__dirname, 'write.worker.js'));
    const bare = stage.worker(join(__dirname, '..', 'baselines', 'bare-write.worker.js'));
    await Promise.all([whole.ask('open', config), bare.ask('open', config)]);
    const load = { clients: CLIENTS, seconds: stage.either(4, 2) };
    const ratio = await compare(stage, {
      what: `a command with all its rows / a bare one, ${CLIENTS} clients`,
      unit: 'commits/s',
      a: { what: 'write()', measure: () => whole.ask<number>('run', load) },
      b: { what: 'bare', measure: () => bare.ask<number>('run', load) },
      target: { atLeast: 0.5 },
    });
    return [ratio];
  },
};
