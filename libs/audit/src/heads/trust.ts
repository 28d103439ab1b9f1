import type { Head, SignedRecord } from './heads';
import { isSignedBy } from './signing-key';

export interface Trusted {
  heads: Head[];
  /** Detail from before it may be gone. */
  detailFrom?: string;
  /** Records that no trusted key signed, or that speak of another service. */
  forged: number;
  /** Every key that may sign. */
  keys: string[];
  /** Whether the first of them came from outside the log. */
  isPinned: boolean;
}

/**
 * Which heads count: those signed by a pinned key, or by one that such a key announced. Without a pin the key of the first
 * head is believed, which tells a change since then, not who began.
 */
export function trustedHeads(service: string, records: SignedRecord[], pinned: readonly string[]): Trusted {
  const first = records[0]?.said?.key;
  const keys = new Set(pinned.length > 0 ? pinned : first === undefined ? [] : [first]);
  const heads: Head[] = [];
  let forged = 0;
  let detailFrom: string | undefined;
  for (const { said, text, signature } of records) {
    const isTrusted = said?.service === service && keys.has(said.key) && isSignedBy(said.key, text, signature);
    if (!isTrusted) forged += 1;
    else if (said.kind === 'next-key') keys.add(said.next);
    else if (said.kind === 'head') heads.push(said);
    else if (detailFrom === undefined || said.before > detailFrom) detailFrom = said.before;
  }
  return { heads, detailFrom, forged, keys: [...keys], isPinned: pinned.length > 0 };
}
