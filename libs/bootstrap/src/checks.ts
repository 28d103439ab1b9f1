import { relayStatus } from '@homeward/messaging';
import type { Pools } from '@homeward/persistence';
import type { Followers } from './followers';
import type { Check } from './health';

/** A broker may be away for a while and refuse no command; what nobody has heard of for longer is told. */
const PUBLISHED_WITHIN_SECONDS = 120;

export function checksOf(pools: Pools, followers: Followers): Check[] {
  return [
    { name: 'database', run: async () => void (await pools.app.query('SELECT 1')) },
    { name: 'relay', run: () => relayProblem(pools) },
    { name: 'readers', run: () => readersProblem(followers) },
  ];
}

async function relayProblem(pools: Pools): Promise<string | undefined> {
  const { refused, oldestSeconds } = await relayStatus(pools.worker);
  if (refused) return `the log refuses position ${refused.position}: see \`ops relay status\``;
  if (oldestSeconds > PUBLISHED_WITHIN_SECONDS) return `nothing was published for ${Math.round(oldestSeconds)} s`;
  return undefined;
}

/** Parked streams and stale projections are alerts of their own: the service goes on for everybody else. */
async function readersProblem(followers: Followers): Promise<string | undefined> {
  const stopped = (await followers.status()).filter((status) => status.stopped);
  if (stopped.length === 0) return undefined;
  return stopped.map(({ reader, stopped }) => `${reader} has stopped (${stopped?.code})`).join(', ');
}
