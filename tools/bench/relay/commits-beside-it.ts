import { join } from 'node:path';
import type { Figure } from '../figures';
import { compare } from '../pairs';
import type { LogKind, Stage } from '../stage';
import { BENCH_TABLES } from '../write/tables';
import { SERVICE, TOPIC, unpublished } from './tables';

const LOAD = { clients: 16 };

/** What the relay costs those who commit: in the same process and database, as a service runs it. */
export async function commitsBesideIt(stage: Stage, kind: LogKind): Promise<Figure> {
  const log = await stage.log(kind, [TOPIC]);
  const config = await stage.database(SERVICE, BENCH_TABLES, `${SERVICE}_commits_${kind}`);
  const service = stage.worker(join(__dirname, '..', 'write', 'write.worker.js'));
  await service.ask('open', config);
  const load = { ...LOAD, seconds: stage.either(5, 2) };
  const drained = async (): Promise<void> => {
    while ((await unpublished(config)) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const beside = async (): Promise<number> => {
    await service.ask('startRelay', log);
    await drained(); // what was committed without it is not counted
    const rate = await service.ask<number>('run', load);
    await drained();
    await service.ask('stopRelay');
    return rate;
  };
  const figure = await compare(stage, {
    what: `commits with the relay running / without, ${kind}`,
    unit: 'commits/s',
    a: { what: 'with', measure: beside },
    b: { what: 'without', measure: () => service.ask<number>('run', load) },
    target: { atLeast: 0.85 },
  });
  await service.end();
  return figure;
}
