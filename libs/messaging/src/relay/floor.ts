const SETTLED_MS = 60_000;
/** What was published within a second of each other settles together: some sixty entries are kept, not one a batch. */
const STEP_MS = 1_000;

/**
 * Where reading the outbox may begin: the highest position published over 60 s ago. Transactions end within 30 s, so
 * what commits late lies above it; and once a minute one round looks below it all the same. Without a floor every poll
 * walks over the dead index entries that one long reader keeps (measured: 37 ms instead of 0.2).
 */
export class Floor {
  private settled = 0n;
  private readonly settling: { position: bigint; at: number }[] = [];
  private lookedBelow = -SETTLED_MS;

  /** Where this round begins. Times in milliseconds of a clock that only goes forward. */
  at(now: number): bigint {
    for (let next = this.settling[0]; next && now - next.at >= SETTLED_MS; next = this.settling[0]) {
      this.settled = next.position;
      this.settling.shift();
    }
    if (now - this.lookedBelow < SETTLED_MS) return this.settled;
    this.lookedBelow = now;
    return 0n;
  }

  published(position: bigint, now: number): void {
    const [before, last] = this.settling.slice(-2);
    if (position <= (this.settling.at(-1)?.position ?? this.settled)) return;
    if (before && last && now - before.at < STEP_MS) this.settling.pop();
    this.settling.push({ position, at: now });
  }
}
