import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ended } from '../../../infra/local/processes';

/** Another process, so that killing it is a crash and not a thrown error. */
export interface TestChild {
  pid: number;
  /** What it said by `tell()`, in order. */
  said: unknown[];
  /** SIGKILL, and its end awaited. */
  kill(): Promise<void>;
  /** Any other signal, e.g. SIGSTOP. */
  signal(signal: NodeJS.Signals): void;
}

/** Runs a TypeScript file with `input` (plain data, see `childInput`); what it writes to stderr is shown. */
export function startChild(script: string, input: unknown, env: Record<string, string> = {}): TestChild {
  const child: ChildProcess = spawn(process.execPath, ['-r', join(__dirname, 'register.js'), script], {
    cwd: join(__dirname, '..', '..', '..'),
    env: { ...process.env, ...env, HOMEWARD_CHILD_INPUT: JSON.stringify(input) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const said: unknown[] = [];
  child.on('message', (message) => said.push(message));
  return {
    pid: child.pid as number,
    said,
    kill: () => {
      child.kill('SIGKILL');
      return ended(child);
    },
    signal: (signal) => void child.kill(signal),
  };
}

/** In the child: what it was started with. */
export const childInput = <T>(): T => JSON.parse(process.env['HOMEWARD_CHILD_INPUT'] ?? '') as T;

/** In the child: says something to the test. */
export const tell = (message: unknown): void => void process.send?.(message);
