import { topicOf } from '@homeward/contracts';
import { join } from 'node:path';
import { flow } from '../../../services/flow/src/flow.module';
import type { Bench } from '../bench';
import { figure, type Figure } from '../figures';
import { compare } from '../pairs';
import type { LogKind, Stage } from '../stage';
import type { Worker } from '../worker';

const MILLION = 1_000_000;
const FEW = 5_000;

export const rebuild: Bench = {
  name: 'rebuild',
  target:
    'rebuild of the journey: in batches / batch size 1 ≥ 10×; 1,000,000 events ≤ 60 s, compared with the live ones',
  async run(stage) {
    const figures: Figure[] = [];
    for (const kind of await stage.logs()) {
      const few = await filled(stage, kind, FEW);
      const side = (what: string, single: boolean) => ({
        what,
        measure: () => few.ask<number>('rebuild', { events: FEW, single, accept: false }),
      });
      const what = `rebuild of the journey, in batches / one by one, ${kind} log`;
      const sides = { a: side('batches', false), b: side('one by one', true) };
      figures.push(await compare(stage, { what, unit: 'events/s', ...sides, target: { atLeast: 10 } }));
      figures.push(await theMillion(stage, kind));
    }
    return figures;
  },
};

async function filled(stage: Stage, kind: LogKind, events: number): Promise<Worker> {
  const worker = stage.worker(join(__dirname, 'rebuild.worker.js'));
  const config = await stage.database('flow', [...flow.migrations], `flow_${kind}_${events}`);
  const topics = ['people', 'referrals', 'flow'].map(topicOf);
  await worker.ask('open', { config, log: await stage.log(kind, topics) });
  await worker.ask('fill', events);
  await worker.ask('rebuild', { events, single: false, accept: true }); // the live tables have nothing yet
  return worker;
}

async function theMillion(stage: Stage, kind: LogKind): Promise<Figure> {
  const events = stage.either(MILLION, MILLION / 10);
  const worker = await filled(stage, kind, events);
  const seconds: number[] = [];
  for (let run = 0; run < stage.either(3, 1); run += 1) {
    const rate = await worker.ask<number>('rebuild', { events, single: false, accept: false });
    seconds.push(MILLION / rate);
    stage.say(`  ${kind}: ${rate.toFixed(0)} events/s`);
  }
  return figure(`rebuild of the journey from 1,000,000 events, ${kind} log`, 's', seconds, { atMost: 60 });
}
