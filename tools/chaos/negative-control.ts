import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { applyTo, copyOfTree, mutants } from './mutants';

/**
 * The same run on a copy whose relay polls by id, which loses events without an error. A checker that finds nothing wrong
 * there would find nothing anywhere. 0 when the run failed, as it must.
 */
export function negativeControl(args: string[], say: (line: string) => void): number {
  const mutant = mutants().find(({ name }) => name === 'relay-polls-by-id');
  if (!mutant) throw new Error('tools/mutants/relay-polls-by-id.patch is missing');
  const copy = copyOfTree();
  try {
    applyTo(copy, mutant);
    const rest = args.filter((arg) => arg !== '--negative-control');
    const flags = ['tools/run.mjs', 'chaos', '--outage', '10', ...rest];
    const { status } = spawnSync(process.execPath, flags, { cwd: copy, stdio: 'inherit' });
    say(
      status === 0 ? 'THE NEGATIVE CONTROL PASSED: the checker is blind.' : 'The negative control failed, as it must.',
    );
    return status === 0 ? 1 : 0;
  } finally {
    rmSync(join(copy), { recursive: true, force: true });
  }
}
