import { execFileSync } from 'node:child_process';
import { mkdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot, stateFolder } from '../../infra/local/checkout';
import { freeBlock } from '../start/ports';
import { stopOnSignal } from '../start/stop-on-signal';
import { SERVICES, System } from '../start/system';

/** `npm run dev`: the system, whose services are built and started again when their code changes. */
const say = (line: string): void => console.log(line);

async function main(): Promise<void> {
  const folder = join(stateFolder(), 'system');
  mkdirSync(folder, { recursive: true });
  const system = new System({ ports: await freeBlock(8080, say), folder, kafka: false, say });
  stopOnSignal(() => system.stop(), say);
  await system.start();
  say(`${system.gateway}, documentation at ${system.gateway}/docs. Ctrl-C stops.`);
  const changed = new Set<string>();
  let settle: NodeJS.Timeout | undefined;
  for (const tree of ['libs', 'services']) {
    watch(join(checkoutRoot(), tree), { recursive: true }, (_, file) => {
      if (!file?.endsWith('.ts') || file.endsWith('.spec.ts')) return;
      changed.add(join(tree, file));
      clearTimeout(settle);
      settle = setTimeout(() => {
        const files = [...changed];
        changed.clear();
        renew(system, files).catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
      }, 200);
    });
  }
}

/** A change in a library is everybody's. */
async function renew(system: System, files: string[]): Promise<void> {
  execFileSync(process.execPath, [join(checkoutRoot(), 'tools', 'build.mjs')]);
  const inLibrary = files.some((file) => file.startsWith('libs'));
  const names = [...SERVICES, 'gateway'].filter(
    (name) => inLibrary || files.some((file) => file.includes(`/${name}/`)),
  );
  say(`${files.join(', ')} changed: ${names.join(', ')}`);
  await Promise.all(
    names.map(async (name) => {
      const process = system.process(name);
      await process.stop();
      process.start();
      await process.answers();
    }),
  );
  say('Ready.');
}

void main();
