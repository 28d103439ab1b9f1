import { distributionOf } from './distribution';
import type { Disturbances } from './disturbances';
import type { Journal } from './journal';
import type { Kills } from './kills';

interface Watched {
  wanted: number;
  kills: Kills;
  disturbances: Disturbances;
  journal: Journal;
  say: (line: string) => void;
}

/** One line that renews itself on a terminal; elsewhere a line every half a minute. */
export function showProgress({ wanted, kills, disturbances, journal, say }: Watched): { end(): void } {
  const began = Date.now();
  const line = (): string => {
    const seconds = (Date.now() - began) / 1000;
    const { p50, p99 } = distributionOf(kills.done.map(({ recovery }) => recovery));
    const others = [...disturbances.counts.values()].reduce((sum, count) => sum + count, 0);
    return [
      `${kills.done.length}/${wanted} kills`,
      `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`,
      `${journal.total} commands (${(journal.total / seconds).toFixed(0)}/s)`,
      `back after p50 ${(p50 / 1000).toFixed(1)} s, p99 ${(p99 / 1000).toFixed(1)} s`,
      `${others} other faults${disturbances.now ? `, now: ${disturbances.now}` : ''}`,
    ].join(' · ');
  };
  const terminal = process.stdout.isTTY;
  const timer = setInterval(
    () => (terminal ? process.stdout.write(`\r\x1b[K${line()}`) : say(line())),
    terminal ? 1_000 : 30_000,
  );
  return {
    end: () => {
      clearInterval(timer);
      if (terminal) process.stdout.write('\r\x1b[K');
      say(line());
    },
  };
}
