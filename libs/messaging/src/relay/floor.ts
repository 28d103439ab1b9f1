const SETTLED_MS = 60_000;

/**
 * Where reading the outbox may begin: a position published over 60 s ago. Transactions end within 30 s, so what commits
 * late lies above it; and once a minute one round looks below it all the same. Without a floor every poll walks over
 * the dead index entries that one long reader keeps (measured: 37 ms instead of 0.2).
 */
export class Floor {
  private settled = 0n;
  private settling: { position: bigint; at: number } | undefined;
  private lookedBelow = -SETTLED_MS;

  /** Where this round begins. Times in milliseconds of a clock that only goes forward. */
  at(now: number): bigint {
    if (this.settling && now - this.settling.at >= SETTLED_MS) {
      this.settled = this.settling.position;
      this.settling = undefined;
    }
    if (now - this.lookedBelow < SETTLED_MS) return this.settled;
    this.lookedBelow = now;
    return 0n;
  }

  published(position: bigint, now: number): void {
    if (position > this.settled) this.settling ??= { position, at: now };
  }
}
