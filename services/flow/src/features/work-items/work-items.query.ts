import type { SortKeys } from '@homeward/http';
import type { Statement } from '@homeward/persistence';
import { instantOf } from '../../adapters/instant';
import { EPISODE_KINDS, related } from '../../adapters/related';

/** What waits for the lead of a team of the caller's organisation; oldest first. */
export const workItemsOf = (teamId: string, after: SortKeys | undefined, limit: number): Statement => ({
  text: `SELECT w.id, w.person_id, w.kind, w.episode_id, w.referral_id, ${instantOf('w.opened_at')} AS opened_at
    FROM work_item w JOIN team t ON t.id = w.team_id AND t.organisation = current_setting('app.principal', true)
    WHERE w.team_id = $1 AND ($2::uuid IS NULL OR w.id > $2) AND ${related('w', EPISODE_KINDS)}
    ORDER BY w.id LIMIT $3`,
  values: [teamId, after?.[0] ?? null, limit],
});
