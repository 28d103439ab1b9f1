import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';

export interface Stage {
  name: string;
  command: string[];
}

/** What can be said of the tree without running it. The boundary rule reads Nx's project graph, so that comes first. */
export const STAGES: Stage[] = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '**/*.{ts,mjs,json,yaml}'] },
  { name: 'project graph', command: ['nx', 'show', 'projects'] },
  { name: 'lint', command: ['eslint', '--max-warnings=0', '.'] },
];

/** Runs a stage with its output on the screen; true when it found nothing wrong. */
export function run({ name, command: [program = '', ...args] }: Stage): boolean {
  console.log(`\n── ${name}`);
  const began = Date.now();
  const cwd = checkoutRoot();
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_CACHE_DIRECTORY: join(cwd, '.nx', 'cache') };
  const { status } = spawnSync(join(cwd, 'node_modules', '.bin', program), args, { cwd, stdio: 'inherit', env });
  console.log(`   ${status === 0 ? 'ok' : 'failed'}, ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return status === 0;
}
