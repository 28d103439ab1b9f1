import { join } from 'node:path';
import type { Figure } from '../figures';
import { compare } from '../pairs';
import type { LogKind, Stage } from '../stage';
import { backlog, FOUNDATION, SERVICE, TOPIC } from './tables';

/** How much faster batches of 500 are than one row at a time, on the same log. */
export async function batchBesideRows(stage: Stage, kind: LogKind): Promise<Figure> {
  const log = await stage.log(kind, [TOPIC]);
  const [batches, rows] = await Promise.all([
    stage.database(SERVICE, FOUNDATION, `${SERVICE}_batches_${kind}`),
    stage.database(SERVICE, FOUNDATION, `${SERVICE}_rows_${kind}`),
  ]);
  const relay = stage.worker(join(__dirname, 'relay.worker.js'));
  const baseline = stage.worker(join(__dirname, '..', 'baselines', 'row-by-row-relay.worker.js'));
  await Promise.all([relay.ask('open', { config: batches, log }), baseline.ask('open', { config: rows, log })]);
  const count = stage.either(20_000, 10_000);
  const few = stage.either(1_000, 200);
  let published = 0;
  const a = async (): Promise<number> => {
    await backlog(batches, count); // one transaction: the relay sees all of it at once
    const begin = performance.now();
    published = await relay.ask<number>('published', published + count);
    return count / ((performance.now() - begin) / 1_000);
  };
  const b = async (): Promise<number> => {
    await backlog(rows, few);
    return baseline.ask<number>('drain', few);
  };
  const figure = await compare(stage, {
    what: `batches of 500 / row by row, ${kind}`,
    unit: 'events/s',
    a: { what: 'the relay', measure: a },
    b: { what: 'row by row', measure: b },
    target: { atLeast: 40 },
  });
  await Promise.all([relay.end(), baseline.end()]);
  return figure;
}
