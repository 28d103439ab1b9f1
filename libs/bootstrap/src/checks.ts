import { relayStatus, type ReaderStatus } from '@homeward/messaging';
import type { Pools } from '@homeward/persistence';
import type { PolicyOverrides } from '@homeward/policy';
import type { Followers } from './followers';
import type { Checks, Standing } from './health';

/** A broker may be away for a while and refuse no command; what nobody has heard of for longer is told. */
const PUBLISHED_WITHIN_SECONDS = 120;

export const checksOf = (pools: Pools, followers: Followers, overrides: PolicyOverrides): Checks => ({
  database: async () => {
    await pools.app.query('SELECT 1');
    return {};
  },
  relay: () => relayStanding(pools),
  readers: async () => readersStanding(await followers.status()),
  // Replicas that go by different files would count different deadlines.
  policy: () => Promise.resolve({ overrides: overrides.all.length, sha256: overrides.sha256 ?? null }),
});

async function relayStanding(pools: Pools): Promise<Standing> {
  const { refused, unpublished, oldestSeconds } = await relayStatus(pools.worker);
  const numbers = { unpublished, oldestSeconds: Math.round(oldestSeconds) };
  if (refused) return { problem: `the log refuses position ${refused.position}`, ...numbers };
  if (oldestSeconds > PUBLISHED_WITHIN_SECONDS) return { problem: 'the outbox is old', ...numbers };
  return numbers;
}

/** Parked streams and stale projections are alerts of their own: the service goes on for everybody else. */
function readersStanding(statuses: ReaderStatus[]): Standing {
  const stopped = statuses.filter((status) => status.stopped);
  const problem = stopped.map((status) => `${status.reader} has stopped (${status.stopped?.code})`).join(', ');
  const numbers = statuses.map(({ reader, lag, parked, stale }) => [
    reader,
    {
      lag: lag === undefined ? null : Number(lag),
      parkedStreams: parked?.streams ?? null,
      stale: stale.map(({ name }) => name),
    },
  ]);
  return { ...(problem !== '' && { problem }), ...Object.fromEntries(numbers) };
}
