import type { ErasureReason } from '@homeward/contracts';
import { DomainError } from '@homeward/kernel';

/** Somebody is erased, under every id that means them. */
export interface Erasure {
  /** The survivor first. */
  ids: string[];
  reasonCode: ErasureReason;
  /** `sub` of who decided it. */
  approvedBy: string;
}

/** `unreviewed`: looks by break-glass, whose review is words about the person (PERM-02). */
export function erasePerson(erasure: Erasure, unreviewed: number): Erasure {
  if (unreviewed > 0) {
    const detail = 'A look at this person by break-glass waits for its review: erase them when it is reviewed.';
    throw new DomainError('look-to-review', detail);
  }
  return erasure;
}
