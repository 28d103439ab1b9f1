import type { SortKeys } from '@homeward/http';
import type { Principal, Statement } from '@homeward/persistence';
import { instantOf } from '../../adapters/instant';
import { callerOf, related } from '../../adapters/related';

/** What waits for the lead of a team of the caller's organisation; oldest first. */
export const workItemsOf = (
  caller: Principal,
  teamId: string,
  after: SortKeys | undefined,
  limit: number,
): Statement => ({
  text: `SELECT w.id, w.person_id, w.kind, w.episode_id, w.referral_id, ${instantOf('w.opened_at')} AS opened_at
    FROM work_item w JOIN team t ON t.id = w.team_id AND t.organisation = $1
    WHERE w.team_id = $3 AND ($4::uuid IS NULL OR w.id > $4) AND ${related('w')}
    ORDER BY w.id LIMIT $5`,
  values: [...callerOf(caller), teamId, after?.[0] ?? null, limit],
});
