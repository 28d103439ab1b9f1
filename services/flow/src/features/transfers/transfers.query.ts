import type { SortKeys } from '@homeward/http';
import type { Principal, Statement } from '@homeward/persistence';
import { callerOf, related } from '../../adapters/related';
import { TRANSFER_COLUMNS } from '../../adapters/transfer.repository';

export const transferFor = (caller: Principal, id: string): Statement => ({
  text: `SELECT ${TRANSFER_COLUMNS} FROM transfer t WHERE t.id = $3 AND ${related('t')}`,
  values: [...callerOf(caller), id],
});

export interface TransferFilter {
  teamId: string;
  /** Those only that wait for an answer or for their completion. */
  open: boolean;
}

/** What concerns a team of the caller's organisation, whichever side it is on; oldest first. */
export const transfersOf = (
  caller: Principal,
  { teamId, open }: TransferFilter,
  after: SortKeys | undefined,
  limit: number,
): Statement => ({
  text: `SELECT ${TRANSFER_COLUMNS} FROM transfer t
    WHERE (t.from_team_id = $3 OR t.to_team_id = $3)
      AND EXISTS (SELECT FROM team WHERE id = $3 AND organisation = $1)
      AND ($4::uuid IS NULL OR t.id > $4) AND (NOT $5 OR t.status IN ('proposed', 'accepted'))
      AND ${related('t')}
    ORDER BY t.id LIMIT $6`,
  values: [...callerOf(caller), teamId, after?.[0] ?? null, open, limit],
});
