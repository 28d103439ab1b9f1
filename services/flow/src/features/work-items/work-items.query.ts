import type { SortKeys } from '@homeward/http';
import { inUtc, type Principal, type Statement } from '@homeward/persistence';

/**
 * What waits for the lead of a team of the caller's organisation; oldest first. Whoever was asked may read what they were
 * asked, also where their view of the person has ended.
 */
export const workItemsOf = (
  caller: Principal,
  teamId: string,
  after: SortKeys | undefined,
  limit: number,
): Statement => ({
  text: `SELECT w.id, w.person_id, w.kind, w.episode_id, w.referral_id, w.subject, ${inUtc('w.opened_at')} AS opened_at
    FROM work_item w JOIN team t ON t.id = w.team_id AND t.organisation = $1
    WHERE w.team_id = $2 AND w.settled_at IS NULL AND ($3::uuid IS NULL OR w.id > $3)
    ORDER BY w.id LIMIT $4`,
  values: [caller.organisation, teamId, after?.[0] ?? null, limit],
});
