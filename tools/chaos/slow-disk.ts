import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { asSuperuser, type ServerAddress } from '../../infra/local/databases';
import { ended } from '../../infra/local/processes';
import { pause } from './random';

/**
 * A slow disk as far as one can be had without another kernel: PostgreSQL waits 50 ms before each flush of its journal
 * (`commit_delay`), while a writer beside it writes and syncs 32 MB again and again on the same disk.
 */
export async function slowDisk(server: ServerAddress, folder: string, milliseconds: number): Promise<void> {
  const delay = (microseconds: number) =>
    asSuperuser(server, async (client) => {
      await client.query(`ALTER SYSTEM SET commit_delay = ${microseconds}`);
      await client.query('ALTER SYSTEM SET commit_siblings = 0');
      await client.query('SELECT pg_reload_conf()');
    });
  await delay(50_000);
  const file = join(folder, 'written-beside');
  const until = Date.now() + milliseconds;
  while (Date.now() < until) {
    await ended(spawn('dd', ['if=/dev/zero', `of=${file}`, 'bs=1M', 'count=32', 'conv=fsync'], { stdio: 'ignore' }));
    await pause(50);
  }
  rmSync(file, { force: true });
  await delay(0);
}
