import { createHash } from 'node:crypto';

/** Chance that is the same each time for the same seed (sfc32, its state drawn from a hash of the seed). */
export class Random {
  private readonly state: Uint32Array;

  constructor(seed: string) {
    this.state = new Uint32Array(new Uint8Array(createHash('sha256').update(seed).digest()).buffer, 0, 4);
  }

  /** From 0 up to, and not, 1. */
  next(): number {
    const s = this.state as unknown as [number, number, number, number];
    const sum = (s[0] + s[1] + s[3]) >>> 0;
    s[3] = s[3] + 1;
    s[0] = s[1] ^ (s[1] >>> 9);
    s[1] = s[2] + (s[2] << 3);
    s[2] = ((s[2] << 21) | (s[2] >>> 11)) + sum;
    return sum / 2 ** 32;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  between([from, to]: readonly [number, number]): number {
    return from + this.next() * (to - from);
  }

  among<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T;
  }

  /** A key, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries<number>(weights) as [K, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) if ((left -= weight) < 0) return key;
    return (entries.at(-1) as [K, number])[0];
  }

  /** Within a band such as `3-28`, drawn by its weight. */
  inBand(bands: Readonly<Record<string, number>>): number {
    const [from, to] = this.weighted(bands).split('-').map(Number) as [number, number];
    return this.between([from, to + 1]);
  }
}
