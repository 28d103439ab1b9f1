import type { Client } from 'pg';
import type { Head } from '../heads/heads';
import { RECORDED_COLUMNS, recordedAt, type RecordedRow } from '../recorded-row';
import { isPutInBehind } from '../sealer/horizons';
import type { Findings } from './findings';

const WAITING_MS = 5 * 60_000;
/** More are not looked at: thousands already say that something is badly wrong. */
const MOST = 20_000;

/**
 * A row without a seal is new, or it commits late, or the sealer does not run; or it was put in, with a time before
 * which everything had been sealed, or by a transaction that began behind its own time.
 */
export async function sayUnsealed(client: Client, heads: readonly Head[], findings: Findings): Promise<void> {
  const { rows } = await client.query<RecordedRow & { now: Date }>(
    `SELECT ${RECORDED_COLUMNS}, clock_timestamp() AS now FROM audit a
      WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = a.id) ORDER BY a.at LIMIT $1`,
    [MOST],
  );
  const inOrder = [...heads].sort((one, other) => (one.at < other.at ? -1 : 1));
  const putIn = rows.filter((row) => isPutIn(row, inOrder));
  const waiting = rows.filter((row) => !putIn.includes(row) && recordedAt(row) < row.now.getTime() - WAITING_MS);
  findings.count('inserted', putIn.length, putIn[0]?.at);
  findings.count('unsealed', waiting.length, waiting[0]?.at);
}

/** The first head behind the row's time says most: what began to write after that head is later than it claims. */
function isPutIn(row: RecordedRow, heads: readonly Head[]): boolean {
  const recorded = recordedAt(row);
  const last = heads.at(-1);
  if (!last || recorded >= Date.parse(last.at)) return false;
  return (
    recorded < Date.parse(last.until) ||
    heads.some(({ at, xid }) => recorded < Date.parse(at) && isPutInBehind(row, { at: new Date(at), xid }))
  );
}
