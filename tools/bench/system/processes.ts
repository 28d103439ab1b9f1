import { readdirSync, readFileSync } from 'node:fs';
import type { System } from '../../start/system';
import { SERVICES } from '../../start/system';

/** Processor seconds of each process so far, on Linux: where the time goes, on a machine that others use too. */
export function processorTimes(system: System): Record<string, number> {
  const server = (system.databaseServer as unknown as { pid: number }).pid;
  const times: Record<string, number> = { postgres: 0 };
  for (const name of SERVICES) times[name] = secondsOf(statOf(String(system.process(name).pid)));
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = statOf(pid);
    if (pid === String(server) || stat?.[1] === String(server))
      times['postgres'] = (times['postgres'] ?? 0) + secondsOf(stat);
  }
  return times;
}

/** The fields behind the command's name. */
function statOf(pid: string): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
  } catch {
    return undefined;
  }
}

const TICKS = 100;
const secondsOf = (stat: string[] | undefined): number => (Number(stat?.[11] ?? 0) + Number(stat?.[12] ?? 0)) / TICKS;

/** Milliseconds of processor a command, by process. */
export const perCommand = (before: Record<string, number>, after: Record<string, number>, commands: number): string =>
  Object.entries(after)
    .map(([name, seconds]) => `${name} ${(((seconds - (before[name] ?? 0)) * 1_000) / commands).toFixed(2)}`)
    .join(', ');
