import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { checkoutRoot } from '../../infra/local/checkout';
import { asSuperuser } from '../../infra/local/databases';
import type { Stage } from './stage';

/** What a figure depends on besides the code. */
export interface Machine {
  /** `+` behind it: with changes that are not committed. */
  commit: string;
  at: string;
  node: string;
  postgres: string;
  cores: number;
  processor: string;
  memoryGb: number;
}

export async function machine(stage: Stage): Promise<Machine> {
  const server = await stage.postgres();
  const { rows } = await asSuperuser(server, (client) =>
    client.query<{ v: string }>(`SELECT current_setting('server_version') AS v`),
  );
  return { ...thisMachine(), postgres: rows[0]?.v ?? 'unknown' };
}

export function thisMachine(): Omit<Machine, 'postgres'> {
  return {
    commit: `${git('rev-parse', '--short=10', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') ? '+' : ''}`,
    at: new Date().toISOString().slice(0, 16),
    node: process.versions.node,
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
  };
}

/** Empty where this is no git checkout: figures can be taken from an unpacked archive too. */
function git(...args: string[]): string {
  try {
    return execFileSync('git', args, {
      cwd: checkoutRoot(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}
