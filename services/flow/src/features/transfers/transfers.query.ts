import type { SortKeys } from '@homeward/http';
import type { Statement } from '@homeward/persistence';
import { EPISODE_KINDS, related } from '../../adapters/related';
import { TRANSFER_COLUMNS } from '../../adapters/transfer.repository';

export const transferFor = (id: string): Statement => ({
  text: `SELECT ${TRANSFER_COLUMNS} FROM transfer t WHERE t.id = $1 AND ${related('t', EPISODE_KINDS)}`,
  values: [id],
});

export interface TransferFilter {
  teamId: string;
  /** Those only that wait for an answer or for their completion. */
  open: boolean;
}

/** What concerns a team of the caller's organisation, whichever side it is on; oldest first. */
export const transfersOf = (
  { teamId, open }: TransferFilter,
  after: SortKeys | undefined,
  limit: number,
): Statement => ({
  text: `SELECT ${TRANSFER_COLUMNS} FROM transfer t
    WHERE (t.from_team_id = $1 OR t.to_team_id = $1)
      AND EXISTS (SELECT FROM team WHERE id = $1 AND organisation = current_setting('app.principal', true))
      AND ($2::uuid IS NULL OR t.id > $2) AND (NOT $3 OR t.status IN ('proposed', 'accepted'))
      AND ${related('t', EPISODE_KINDS)}
    ORDER BY t.id LIMIT $4`,
  values: [teamId, after?.[0] ?? null, open, limit],
});
