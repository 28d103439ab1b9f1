import type { Bench } from '../bench';
import type { Figure } from '../figures';
import { batchBesideRows } from './batch-beside-rows';
import { commitsBesideIt } from './commits-beside-it';
import { killedInADrain } from './killed-in-a-drain';
import { underALongReader } from './under-a-long-reader';

export const relay: Bench = {
  name: 'relay',
  target:
    'batch of 500 / row by row ≥ 40; drains ≥ 10,000 events/s at ≤ 1 ms a poll beside a long reader; killed in a drain it repeats at most a batch and the next goes on within 2 s; commits with it ≥ 0.85 of without',
  async run(stage) {
    const figures: Figure[] = [];
    for (const kind of await stage.logs()) {
      figures.push(await batchBesideRows(stage, kind));
      figures.push(...(await underALongReader(stage, kind)));
      figures.push(...(await killedInADrain(stage, kind)));
      figures.push(await commitsBesideIt(stage, kind));
    }
    return figures;
  },
};
