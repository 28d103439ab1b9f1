import type { Pool } from 'pg';
import type { LogSubscription } from '../log/port';
import { TOO_EARLY } from './failure';
import type { Follower } from './followers';
import type { ReaderCounts, ReaderState, Stopped } from './reader-state';

/** For readiness and metrics. A reader is ready while it has not stopped; parked and stale are alerts, not unreadiness. */
export interface ReaderStatus {
  reader: string;
  stopped: Stopped | undefined;
  /** Records not taken yet; undefined while the log does not answer. */
  lag: bigint | undefined;
  /** Undefined while the database does not answer. Of `waiting` streams, a try by itself is still to come. */
  parked: { streams: number; events: number; waiting: number } | undefined;
  /** Projections whose answers are `stale since`. */
  stale: { name: string; since: Date }[];
  counts: ReaderCounts;
}

export async function statusOf(
  state: ReaderState,
  worker: Pool,
  followers: readonly Follower[],
  following: LogSubscription | undefined,
): Promise<ReaderStatus> {
  const names = followers.map(({ name }) => name);
  const [lag, parked, stale] = await Promise.all([
    followers.length === 0 ? 0n : following?.lag().catch(() => undefined),
    worker
      .query<{ streams: number; events: number; waiting: number }>(
        `SELECT count(DISTINCT (subscription, source, stream))::int AS streams, count(*)::int AS events,
           (count(*) FILTER (WHERE reason LIKE $2 AND since > clock_timestamp() - $3 * interval '1 millisecond'))::int
             AS waiting
           FROM parked_event WHERE subscription = ANY ($1)`,
        [names, `${TOO_EARLY}%`, state.timing.healForMs],
      )
      .then(({ rows }) => rows[0])
      .catch(() => undefined),
    worker
      .query<{ name: string; since: Date }>(
        'SELECT name, stale_since AS since FROM projection WHERE stale_since IS NOT NULL AND name = ANY ($1)',
        [names],
      )
      .then(({ rows }) => rows)
      .catch(() => []),
  ]);
  return { reader: state.reader, stopped: state.stopped, lag, parked, stale, counts: { ...state.counts } };
}
