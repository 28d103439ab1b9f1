import { chained, detailHash, rowHash } from '../recorded-row';
import type { Findings } from './findings';
import type { SealedRow } from './sealed-rows';

/** A seal that does not fit: behind the one before it, or with the row that it is of. */
export type Broken = { is: 'misplaced'; seal: SealedRow; before: Buffer } | { is: 'changed'; seal: SealedRow };

/** Above it nobody looks who changed places with whom: it is said to be changed. */
const MOST = 1_000;

/**
 * Two entries that changed places are each other's explanation: what stands at one place fits at the other. What nothing
 * explains was changed. The seal behind one that does not fit does not fit either, and is not worth a word of its own.
 */
export function sayOrder(broken: readonly Broken[], findings: Findings): void {
  const others = broken.length > MOST ? [] : broken;
  const moved = new Set<bigint>();
  for (const one of broken) {
    if (others.some((other) => changedPlaces(one, other))) moved.add(one.seal.seq);
  }
  const said = new Set(moved);
  for (const { seal, is } of broken) {
    const { seq, row } = seal;
    if (moved.has(seq)) findings.at('reordered', seq, row?.at);
    else if (is === 'misplaced' && said.has(seq - 1n)) continue;
    else findings.at('changed', seq, row?.at);
    said.add(seq);
  }
}

function changedPlaces(one: Broken, other: Broken): boolean {
  if (one.seal === other.seal) return false;
  if (one.is === 'misplaced') {
    const fitting = chained(one.before, other.seal.rowHash);
    return fitting.equals(other.seal.hash) || fitting.equals(one.seal.hash);
  }
  const { row } = one.seal;
  const { salt, rowHash: sealed } = other.seal;
  return row !== undefined && salt !== null && rowHash(row, detailHash(row, salt)).equals(sealed);
}
