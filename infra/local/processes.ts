import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process with this id exists (it may belong to somebody else). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process, or undefined where the system does not tell (no `/proc`, or it is gone). */
export function commandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return undefined;
  }
}

/** Resolves when the child has ended; at once if it already has. */
export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** Sends `signal`, then SIGKILL if the child has not ended after `patience` milliseconds. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals, patience: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  const last = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended(child);
  clearTimeout(last);
}

/** The same for a process that is not our child: an earlier run left it behind. */
export async function endProcess(pid: number, signal: NodeJS.Signals, patience: number): Promise<void> {
  const until = Date.now() + patience;
  if (isAlive(pid)) process.kill(pid, signal);
  while (isAlive(pid) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}
