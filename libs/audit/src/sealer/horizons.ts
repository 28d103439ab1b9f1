import { recordedAt, type RecordedRow } from '../recorded-row';

/** Every transaction that had begun to write at that time has a lower id. */
export interface Horizon {
  at: Date;
  /** As text: 64 bits, of which a row keeps the lower 32. */
  xid: string;
}

/** Between the time that a row is given and the id that its transaction is given, at most. */
const APART_MS = 1_000;

/** A row that says it was recorded before the horizon, by a transaction that began behind it. */
export const isPutInBehind = (row: RecordedRow, { at, xid }: Horizon): boolean =>
  recordedAt(row) < at.getTime() - APART_MS && isNewer(Number(row.xid), Number(BigInt(xid) & 0xffffffffn));

/** Transaction ids go round in 32 bits. */
const isNewer = (xid: number, than: number): boolean => (xid - than) >>> 0 < 0x80000000;

/** What each round saw, for as long as a row may commit late: it tells such a row from one that was put in. */
export class Horizons {
  private kept: Horizon[] = [];

  constructor(first?: Horizon) {
    if (first) this.kept.push(first);
  }

  add(horizon: Horizon): void {
    this.kept.push(horizon);
  }

  /** Nothing from before is looked for any more. */
  forgetBefore(time: Date): void {
    this.kept = this.kept.filter(({ at }) => at >= time);
  }

  tellsPutIn(row: RecordedRow): boolean {
    return this.kept.some((horizon) => isPutInBehind(row, horizon));
  }
}
