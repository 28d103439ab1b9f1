import type { Client } from 'pg';
import { beginningOf } from '../recorded-row';
import type { Horizon } from './horizons';
import type { Seal } from './seal-rows';

export interface ChainState {
  last: Seal;
  /** The last seal that was signed; 0 when none was. */
  signed: bigint;
  /** Everything recorded before it is sealed. */
  until: Date;
  /** Of the round that was signed last. */
  horizon?: Horizon;
}

interface Read {
  seq: string | null;
  hash: Buffer | null;
  signed: string | null;
  until: Date;
  at: Date | null;
  xid: string | null;
}

/** How far sealing and signing had come: whoever leads next goes on there. */
export async function readState(client: Client, service: string): Promise<ChainState> {
  const { rows } = await client.query<Read>(
    `SELECT s.seq, s.hash, h.seq AS signed, coalesce(h.until, 'epoch') AS until, h.at, h.xid FROM (SELECT 1) AS one
      LEFT JOIN (SELECT seq, hash FROM audit_seal ORDER BY seq DESC LIMIT 1) AS s ON true
      LEFT JOIN audit_head AS h ON true`,
  );
  const [row] = rows;
  return {
    last: { seq: BigInt(row?.seq ?? 0), hash: row?.hash ?? beginningOf(service) },
    signed: BigInt(row?.signed ?? 0),
    until: row?.until ?? new Date(0),
    horizon: row?.at && row.xid ? { at: row.at, xid: row.xid } : undefined,
  };
}

/** After the log has the head: at worst it is signed twice. */
export async function keepHead(client: Client, seq: bigint, until: Date, { at, xid }: Horizon): Promise<void> {
  await client.query(
    `INSERT INTO audit_head (seq, until, at, xid) VALUES ($1, $2, $3, $4)
      ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, until = excluded.until, at = excluded.at, xid = excluded.xid`,
    [seq, until, at, xid],
  );
}
