import type { Client } from 'pg';
import { RECORDED_COLUMNS, type RecordedRow } from '../recorded-row';

/** A seal with the row that it is of, if that is still there. */
export interface SealedRow {
  seq: bigint;
  rowHash: Buffer;
  hash: Buffer;
  detailHash: Buffer;
  salt: Buffer | null;
  row?: RecordedRow;
}

type Read = Partial<RecordedRow> & {
  seq: string;
  row_hash: Buffer;
  hash: Buffer;
  detail_hash: Buffer;
  salt: Buffer | null;
};

const BATCH = 5_000;

/** The chain in its order, however long it is. */
export async function* sealedRows(client: Client): AsyncGenerator<SealedRow> {
  for (let behind: bigint | null = null; ;) {
    const { rows }: { rows: Read[] } = await client.query<Read>(
      `SELECT s.seq, s.row_hash, s.hash, s.detail_hash, s.salt, ${RECORDED_COLUMNS}
        FROM audit_seal s LEFT JOIN audit a ON a.id = s.audit_id
        WHERE $1::bigint IS NULL OR s.seq > $1 ORDER BY s.seq LIMIT $2`,
      [behind, BATCH],
    );
    for (const row of rows) yield asSealed(row);
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    behind = BigInt(last.seq);
  }
}

const asSealed = ({ seq, row_hash, hash, detail_hash, salt, ...row }: Read): SealedRow => ({
  seq: BigInt(seq),
  rowHash: row_hash,
  hash,
  detailHash: detail_hash,
  salt,
  row: row.id === null ? undefined : (row as RecordedRow),
});
