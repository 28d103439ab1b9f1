import { fork, type ChildProcess } from 'node:child_process';
import { ended } from '../../infra/local/processes';

/** A process of a bench: a load generator, a server, a baseline. So that none has another's event loop. */
export interface Worker {
  pid: number;
  /** Calls what the process offers under this name, with plain data. */
  ask<T = void>(what: string, input?: unknown): Promise<T>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Lets it exit by itself. */
  end(): Promise<void>;
}

interface Question {
  id: number;
  what: string;
  input: unknown;
}
interface Reply {
  id: number;
  answer?: unknown;
  error?: string;
}

export interface WorkerOptions {
  env?: Record<string, string>;
  /** Where its CPU profile goes when it ends. */
  profile?: string;
}

/** `script`: the built file, `join(__dirname, 'x.worker.js')`, which calls `offer`. */
export function startWorker(script: string, { env, profile }: WorkerOptions = {}): Worker {
  const execArgv = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const child: ChildProcess = fork(script, { execArgv, env: { ...process.env, ...env } });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  child.on('message', ({ id, answer, error }: Reply) => {
    if (error === undefined) waiting.get(id)?.resolve(answer);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`${script} ended: ${signal ?? code}`));
    waiting.clear();
  });
  return {
    pid: child.pid as number,
    ask: <T>(what: string, input?: unknown) =>
      new Promise<T>((resolve, reject) => {
        const id = (last += 1);
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        child.send({ id, what, input } satisfies Question, (error) => error && reject(error));
      }),
    kill: () => {
      child.kill('SIGKILL');
      return ended(child);
    },
    end: async () => {
      if (child.connected) child.disconnect();
      await ended(child);
    },
  };
}

/** In the process: what it can be asked. It exits when nobody can ask any more. */
export function offer(offers: Record<string, (input: never) => unknown>): void {
  process.on('message', ({ id, what, input }: Question) => {
    const reply = (message: Omit<Reply, 'id'>) => void process.send?.({ id, ...message });
    void (async () => offers[what]?.(input as never))().then(
      (answer) => reply({ answer }),
      (error: Error) => reply({ error: error.stack ?? String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
}
