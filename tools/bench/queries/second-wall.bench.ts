import { join } from 'node:path';
import type { Bench } from '../bench';
import type { Figure } from '../figures';
import { compareCallByCall } from '../pairs';
import { filled } from './queries.bench';
import type { Side } from './queries.worker';

/** Of which 20,000 referrals of one organisation wait. */
const EVENTS = 670_000;
const WORKLISTS = ['worklist, first page', 'worklist, page 50', 'worklist by team'];

export const secondWall: Bench = {
  name: 'second-wall',
  target: 'a worklist of 20,000 with row-level security / without: p99 within 1.5×',
  async run(stage) {
    const asker = stage.worker(join(__dirname, 'queries.worker.js'));
    const events = stage.either(EVENTS, EVENTS / 10);
    await filled(stage, asker, events);
    const times = stage.either(2_000, 200);
    const sides: [Side, Side] = [{ events }, { events, as: 'worker' }];
    const figures: Figure[] = [];
    for (const name of WORKLISTS)
      figures.push(
        await compareCallByCall(stage, {
          what: `${name}: p99 with row-level security / without`,
          unit: 'ms',
          a: 'with',
          b: 'without',
          measure: () => asker.ask<[number, number]>('p99', { name, times, sides }),
          target: { atMost: 1.5 },
        }),
      );
    return figures;
  },
};
