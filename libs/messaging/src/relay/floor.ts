const SETTLED_MS = 60_000;

/** Positions that were skipped: drawn by a transaction that has not ended, or that came to nothing. */
interface Missing {
  first: bigint;
  last: bigint;
  since: number;
}

/**
 * Where reading the outbox may begin: in front of the lowest position that may still commit. Positions are drawn one by
 * one, so whichever was skipped is known; its transaction ends within 30 s, and 60 s later it is given up. Once a minute
 * one round looks below it all the same. Without a floor every poll walks over the dead index entries that one long
 * reader keeps (measured: 37 ms instead of 0.2).
 */
export class Floor {
  private highest = 0n;
  /** In ascending order. What was there before us is the first. */
  private readonly missing: Missing[] = [];
  private lookedBelow = -SETTLED_MS;

  /** Where this round begins. Times in milliseconds of a clock that only goes forward. */
  at(now: number): bigint {
    while (this.missing[0] && now - this.missing[0].since >= SETTLED_MS) this.missing.shift();
    if (now - this.lookedBelow >= SETTLED_MS) {
      this.lookedBelow = now;
      return 0n;
    }
    return this.missing[0] ? this.missing[0].first - 1n : this.highest;
  }

  /** One after the other, in the order of their positions. */
  published(position: bigint, now: number): void {
    if (position <= this.highest) return this.found(position);
    if (position > this.highest + 1n) this.missing.push({ first: this.highest + 1n, last: position - 1n, since: now });
    this.highest = position;
  }

  private found(position: bigint): void {
    const at = this.missing.findIndex(({ first, last }) => first <= position && position <= last);
    const range = this.missing[at];
    if (!range) return;
    const before = { ...range, last: position - 1n };
    const behind = { ...range, first: position + 1n };
    this.missing.splice(at, 1, ...[before, behind].filter(({ first, last }) => first <= last));
  }
}
