import { join } from 'node:path';
import type { Bench } from '../bench';
import type { Figure } from '../figures';
import { compareCallByCall } from '../pairs';
import type { Stage } from '../stage';
import type { Worker } from '../worker';
import { fill } from './fill';
import type { Side } from './queries.worker';

const SMALL = 100_000;
const LARGE = 10_000_000;

export const queries: Bench = {
  name: 'queries',
  target: 'the ten queries from 10⁵ to 10⁷ events: p99 within 1.5×',
  async run(stage) {
    const [large, small] = [stage.either(LARGE, 10 * SMALL), SMALL];
    const asker = stage.worker(join(__dirname, 'queries.worker.js'));
    const names = await filled(stage, asker, small);
    await filled(stage, asker, large);
    const times = stage.either(1_000, 200);
    const sides: [Side, Side] = [{ events: large }, { events: small }];
    const figures: Figure[] = [];
    for (const name of names) {
      stage.say(`  ${name}`);
      figures.push(
        await compareCallByCall(stage, {
          what: `${name}: p99 of ${large} events / of ${small}`,
          unit: 'ms',
          a: `${large} events`,
          b: `${small} events`,
          measure: () => asker.ask<[number, number]>('p99', { name, times, sides }),
          target: { atMost: 1.5 },
        }),
      );
    }
    return figures;
  },
};

/** Three services' databases as so many events leave them, for `asker` to ask; answers what it can be told to ask. */
export async function filled(stage: Stage, asker: Worker, events: number): Promise<string[]> {
  const { people, flow, referrals, register } = await fill(stage, events);
  const configs = { flow, referrals, people: register };
  const rows = await asker.ask<[string, number][]>('open', { events, people, configs });
  stage.say(`  ${events} events; rows: ${rows.map(([name, count]) => `${name} ${count}`).join(', ')}`);
  const empty = rows.find(([, count]) => count === 0);
  if (empty) throw new Error(`${empty[0]} finds nothing`);
  return rows.map(([name]) => name);
}
