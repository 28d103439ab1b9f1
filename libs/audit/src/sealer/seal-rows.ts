import type { Client } from 'pg';
import { randomBytes } from 'node:crypto';
import { chained, detailHash, RECORDED_COLUMNS, rowHash, type RecordedRow } from '../recorded-row';

/** The last seal of a chain. */
export interface Seal {
  seq: bigint;
  hash: Buffer;
}

/** The lowest id that can have been drawn at that time: ids are UUIDs of version 7. */
export function lowestIdAt(time: Date): string {
  const hex = Math.max(time.getTime(), 0).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Asked anew each time: a plan from when the table was small would read all of it. */
export async function unsealedBehind(client: Client, id: string, limit: number): Promise<RecordedRow[]> {
  const { rows } = await client.query<RecordedRow>(
    `SELECT ${RECORDED_COLUMNS} FROM audit a
      WHERE a.id > $1 AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = a.id OFFSET 0)
      ORDER BY a.id LIMIT $2`,
    [id, limit],
  );
  return rows;
}

/** Appends the rows to the chain, in one statement: all of them or none. */
export async function sealRows(client: Client, last: Seal, rows: RecordedRow[]): Promise<Seal> {
  let { seq, hash } = last;
  const seals = rows.map((row) => {
    const salt = randomBytes(16);
    const detail = detailHash(row, salt);
    const own = rowHash(row, detail);
    seq += 1n;
    hash = chained(hash, own);
    return { seq, id: row.id, own, hash, detail, salt };
  });
  await client.query(
    `INSERT INTO audit_seal (seq, audit_id, row_hash, hash, detail_hash, salt)
      SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[])`,
    [
      seals.map((seal) => seal.seq),
      seals.map(({ id }) => id),
      seals.map(({ own }) => own),
      seals.map((seal) => seal.hash),
      seals.map(({ detail }) => detail),
      seals.map(({ salt }) => salt),
    ],
  );
  return { seq, hash };
}
