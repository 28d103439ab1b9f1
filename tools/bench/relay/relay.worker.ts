import { openEventLog, Relay, type EventLogConfig } from '@homeward/messaging';
import { connectionOf, type DatabaseConfig } from '@homeward/persistence';
import { Client } from 'pg';
import { offer } from '../worker';

/** The relay as a service runs it, alone in a process. */
let relay: Relay;
let firstAt: number | undefined;
const polls: number[] = [];

const published = (): number => relay.snapshot().published;

/** Times the relay's question for unpublished rows, at pg's door. */
function timePolls(): void {
  const query = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;
  Client.prototype.query = function (this: Client, ...args: unknown[]) {
    const begin = performance.now();
    const result = query.apply(this, args);
    if ((args[0] as { name?: string }).name === 'unpublished') {
      void (result as Promise<unknown>).then(
        () => polls.push(performance.now() - begin),
        () => undefined,
      );
    }
    return result;
  } as typeof Client.prototype.query;
}

offer({
  open: ({ config, log }: { config: DatabaseConfig; log: EventLogConfig }) => {
    timePolls();
    relay = new Relay({ connection: connectionOf(config, 'worker'), log: openEventLog(log) });
    relay.start();
    setInterval(() => {
      if (firstAt === undefined && published() > 0) firstAt = Date.now();
    }, 2);
  },
  /** Resolves when so many more than before are in the log and marked. */
  published: async (atLeast: number): Promise<number> => {
    while (published() < atLeast) await new Promise((resolve) => setTimeout(resolve, 1));
    return published();
  },
  now: () => ({ ...relay.snapshot(), firstAt }),
  /** The milliseconds of the polls since it was last asked. */
  polls: () => polls.splice(0),
});
