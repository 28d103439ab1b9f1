/**
 * Positions of a group move so long after records were taken, all together: what a crash makes come twice meanwhile, the
 * inbox drops.
 */
export const MOVE_AFTER_MS = 100;

/** A pause that something may cut short: the loops of relay and readers wait by it. */
export class Wait {
  private wake: (() => void) | undefined;
  private woken = false;

  /** Resolves after `milliseconds`, or at once when woken now or since the last pause. */
  async pause(milliseconds: number): Promise<void> {
    if (!this.woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.wake = undefined;
    this.woken = false;
  }

  end(): void {
    this.woken = true;
    this.wake?.();
  }
}

/** Grows from 100 ms to 2 s while something fails, and begins again when it works. */
export class Backoff {
  private failures = 0;

  next(): number {
    this.failures += 1;
    return Math.min(100 * 2 ** (this.failures - 1), 2_000);
  }

  reset(): void {
    this.failures = 0;
  }
}
