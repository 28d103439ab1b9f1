import type { SortKeys } from '@homeward/http';
import type { Principal, Statement } from '@homeward/persistence';
import { callerOf, related } from '../../adapters/related';
import { mayKnow, mayRead, TRANSFER_COLUMNS } from '../../adapters/transfer.repository';

export const transferFor = (caller: Principal, id: string): Statement => ({
  text: `SELECT ${TRANSFER_COLUMNS} FROM transfer t WHERE t.id = $3 AND ${mayRead}`,
  values: [...callerOf(caller), id],
});

export interface TransferFilter {
  teamId: string;
  /** Those only that wait for an answer or for their completion. */
  open: boolean;
}

/**
 * What concerns a team of the caller's organisation, whichever side it is on; oldest first. Each side is read in that
 * order from its own index and no further than a page: what is closed grows for ever.
 */
export const transfersOf = (
  caller: Principal,
  { teamId, open }: TransferFilter,
  after: SortKeys | undefined,
  limit: number,
): Statement => {
  const side = (column: string): string => `(SELECT t.* FROM transfer t WHERE t.${column} = $3
    ${open ? `AND t.status IN ('proposed', 'accepted')` : ''} ${after ? 'AND t.id > $5' : ''} AND ${open ? related('t') : mayKnow}
    ORDER BY t.id LIMIT $4)`;
  return {
    text: `SELECT DISTINCT ON (t.id) ${TRANSFER_COLUMNS}
      FROM (${side('from_team_id')} UNION ALL ${side('to_team_id')}) AS t
      WHERE EXISTS (SELECT FROM team WHERE id = $3 AND organisation = $1) ORDER BY t.id LIMIT $4`,
    values: [...callerOf(caller), teamId, limit, ...(after ? [after[0]] : [])],
  };
};
