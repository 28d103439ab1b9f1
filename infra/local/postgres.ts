import { spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { postgresBinaries, serverAccount, type ServerAccount } from './postgres-binaries';
import { commandLine, endChild, ended, endProcess, isAlive } from './processes';

/** One password for every local role. The server listens on the loopback address only. */
export const LOCAL_PASSWORD = 'homeward';

export interface PostgresOptions {
  /** Kept from one start to the next; made by `initdb` the first time. */
  dataDir: string;
  port: number;
  /** Further settings, e.g. `{ fsync: 'off' }` for tests, where no power cut has to be survived. */
  settings?: Record<string, string>;
  logFile: string;
}

export interface PostgresServer {
  host: string;
  port: number;
  user: 'postgres';
  password: string;
  pid: number;
  /** Ends every session, flushes and stops. The data stay. */
  stop(): Promise<void>;
  /** SIGKILL of the server, as a power cut would end it. Start again on the same folder to recover. */
  kill(): Promise<void>;
}

/** Starts a real PostgreSQL 18 and resolves when it answers. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const account = serverAccount();
  const binaries = postgresBinaries(account);
  if (!existsSync(join(options.dataDir, 'PG_VERSION'))) await initialise(binaries, options.dataDir, account);
  await clearStalePid(options.dataDir);

  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '', // TCP only: the default folder may belong to a system's own PostgreSQL
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...options.settings,
  };
  const log = openSync(options.logFile, 'a');
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A process group of its own: Ctrl-C at the terminal must not end the database before the services.
  const child = spawn(join(binaries, 'bin', 'postgres'), ['-D', options.dataDir, ...flags], {
    ...account,
    cwd: options.dataDir,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const failure = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: see ${options.logFile}`)));
  });
  failure.catch(() => undefined); // after the start, its end is the caller's to see
  const server = { host: '127.0.0.1', port: options.port, user: 'postgres' as const, password: LOCAL_PASSWORD };
  await Promise.race([answers({ ...server, database: 'postgres' }), failure]);
  return {
    ...server,
    pid: child.pid as number,
    stop: () => endChild(child, 'SIGINT', 20_000),
    kill: () => {
      child.kill('SIGKILL');
      return ended(child);
    },
  };
}

async function initialise(binaries: string, dataDir: string, account: ServerAccount): Promise<void> {
  rmSync(dataDir, { recursive: true, force: true }); // what an interrupted initdb left
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const passwordFile = `${dataDir}.password`;
  writeFileSync(passwordFile, `${LOCAL_PASSWORD}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(dataDir, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  const locale = ['--encoding=UTF8', '--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const login = ['--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`];
  const child = spawn(join(binaries, 'bin', 'initdb'), ['-D', dataDir, ...login, ...locale, '--no-sync'], {
    ...account,
    cwd: dirname(binaries),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  rmSync(passwordFile, { force: true });
  if (code !== 0) {
    rmSync(dataDir, { recursive: true, force: true });
    throw new Error(`initdb ended with ${String(code)}:\n${said}`);
  }
}

/**
 * Ends a server that an earlier run left on this folder, and removes a `postmaster.pid` whose process is gone or whose
 * id now belongs to another program: PostgreSQL would refuse to start because of it.
 */
async function clearStalePid(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (pid > 0 && isAlive(pid) && (commandLine(pid)?.includes(dataDir) ?? true)) await endProcess(pid, 'SIGINT', 20_000);
  rmSync(file, { force: true });
}

async function answers(config: ClientConfig): Promise<void> {
  for (;;) {
    const client = new Client(config);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
