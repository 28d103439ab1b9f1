import type { Bench } from '../bench';
import type { Figure } from '../figures';
import { compare } from '../pairs';
import { over } from './queries.bench';

/** Of which 20,000 referrals of one organisation wait. */
const EVENTS = 670_000;
const WORKLISTS = ['worklist, first page', 'worklist, page 50', 'worklist by team'];

export const secondWall: Bench = {
  name: 'second-wall',
  target: 'a worklist of 20,000 with row-level security / without: p99 within 1.5×',
  async run(stage) {
    const { worker } = await over(stage, stage.either(EVENTS, EVENTS / 10));
    const times = stage.either(1_000, 200);
    const figures: Figure[] = [];
    for (const name of WORKLISTS) {
      const a = { what: 'with', measure: () => worker.ask<number>('p99', { name, times }) };
      const b = { what: 'without', measure: () => worker.ask<number>('p99', { name, times, as: 'worker' }) };
      const what = `${name}: p99 with row-level security / without`;
      figures.push(await compare(stage, { what, unit: 'ms', a, b, target: { atMost: 1.5 } }));
    }
    return figures;
  },
};
