import { join } from 'node:path';
import type { Bench } from '../bench';
import { worst } from '../figures';

export const twins: Bench = {
  name: 'twins',
  target: 'who is not entitled is answered as soon where somebody is hidden as where nobody is: medians within 5 %',
  async run(stage) {
    const { host, port, user, password } = await stage.postgres();
    const server = JSON.stringify({ host, port, user, password });
    const worker = stage.worker(join(__dirname, 'twins.worker.js'), { HOMEWARD_TEST_PG: server, LOG_LEVEL: 'silent' });
    const routes = await worker.ask<string[]>('open');
    const calls = stage.either(1_000, 100);
    const apart: number[] = [];
    for (const name of routes) {
      await worker.ask('medians', { name, calls: calls / 10 });
      const [hidden, nobody] = await worker.ask<[number, number]>('medians', { name, calls });
      stage.say(`  ${name}: hidden ${hidden.toFixed(3)}, nobody ${nobody.toFixed(3)} ms`);
      apart.push(Math.max(hidden / nobody, nobody / hidden));
    }
    await worker.ask('close');
    const what = `medians of ${calls} calls in turn, of ${routes.length} routes the furthest apart`;
    return [worst(what, 'ratio', apart, { atMost: 1.05 })];
  },
};
