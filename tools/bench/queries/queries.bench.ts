import { join } from 'node:path';
import type { Bench } from '../bench';
import type { Figure } from '../figures';
import { compare } from '../pairs';
import type { Stage } from '../stage';
import type { Worker } from '../worker';
import { fill } from './fill';

const SMALL = 100_000;
const LARGE = 10_000_000;

export const queries: Bench = {
  name: 'queries',
  target: 'the ten queries from 10⁵ to 10⁷ events: p99 within 1.5×',
  async run(stage) {
    const small = await over(stage, SMALL);
    const large = await over(stage, stage.either(LARGE, 10 * SMALL));
    const times = stage.either(600, 200);
    const figures: Figure[] = [];
    for (const name of large.names) {
      const side = ({ worker, events }: typeof small) => ({
        what: `${events} events`,
        measure: () => worker.ask<number>('p99', { name, times }),
      });
      stage.say(`  ${name}`);
      const what = `${name}: p99 of ${large.events} events / of ${small.events}`;
      figures.push(await compare(stage, { what, unit: 'ms', a: side(large), b: side(small), target: { atMost: 1.5 } }));
    }
    return figures;
  },
};

/** A worker that asks three services' databases as so many events leave them. */
export async function over(stage: Stage, events: number): Promise<{ worker: Worker; names: string[]; events: number }> {
  const { people, flow, referrals, register } = await fill(stage, events);
  const worker = stage.worker(join(__dirname, 'queries.worker.js'));
  const rows = await worker.ask<[string, number][]>('open', { people, configs: { flow, referrals, people: register } });
  stage.say(`  ${events} events; rows: ${rows.map(([name, count]) => `${name} ${count}`).join(', ')}`);
  const empty = rows.find(([, count]) => count === 0);
  if (empty) throw new Error(`${empty[0]} finds nothing`);
  return { worker, names: rows.map(([name]) => name), events };
}
