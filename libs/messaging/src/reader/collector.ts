import type { Incoming } from './incoming';
import { streamKey } from './incoming';
import type { Gap } from './inbox';

interface Delivery {
  /** Events not settled yet. */
  open: number;
  hasGap: boolean;
  heartbeat: () => Promise<void>;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** An event that was delivered and is not settled. */
export interface Waiting {
  event: Incoming;
  delivery: Delivery;
}

const HEARTBEAT_MS = 1_000;

/** Gathers what all partitions deliver while a transaction runs; the next transaction takes it together. */
export class Collector {
  private waiting: Waiting[] = [];
  private readonly deliveries = new Set<Delivery>();
  private wake: (() => void) | undefined;
  private closed: Error | undefined;
  private beat: NodeJS.Timeout | undefined;

  constructor(private readonly rereadMs: number) {}

  /** Resolves when each of the events is settled; rejects when one has to be read again. */
  async add(events: Incoming[], heartbeat: () => Promise<void>): Promise<void> {
    if (this.closed) throw this.closed;
    if (events.length === 0) return;
    this.beat ??= setInterval(() => this.heartbeat(), HEARTBEAT_MS);
    await new Promise<void>((resolve, reject) => {
      const delivery: Delivery = { open: events.length, hasGap: false, heartbeat, resolve, reject };
      this.deliveries.add(delivery);
      for (const event of events) this.waiting.push({ event, delivery });
      this.wake?.();
    });
  }

  /** The next events, as many as came meanwhile; undefined when closed. */
  async next(max: number): Promise<Waiting[] | undefined> {
    while (!this.closed) {
      this.waiting = this.waiting.filter((one) => this.isOpen(one));
      if (this.waiting.length > 0) return this.waiting.splice(0, max);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return undefined;
  }

  /** The events were committed, except those behind a gap: their delivery is read again. */
  settle(events: readonly Waiting[], gaps: readonly Gap[]): void {
    const withGap = new Set(gaps.map(({ event }) => streamKey(event)));
    for (const { event, delivery } of events) {
      delivery.open -= 1;
      delivery.hasGap ||= withGap.has(streamKey(event));
      if (delivery.open > 0 || !this.deliveries.has(delivery)) continue;
      if (!delivery.hasGap) this.end(delivery);
      else setTimeout(() => this.end(delivery, new Error('a gap: read again')), this.rereadMs);
    }
  }

  /** Not when its delivery was given up: it comes again, here or to another member. */
  isOpen({ delivery }: Waiting): boolean {
    return this.deliveries.has(delivery);
  }

  /** Nothing more is taken; the position stays in front of what is open. */
  close(error: Error): void {
    this.closed ??= error;
    clearInterval(this.beat);
    for (const delivery of [...this.deliveries]) this.end(delivery, error);
    this.wake?.();
  }

  private end(delivery: Delivery, error?: Error): void {
    if (!this.deliveries.delete(delivery)) return;
    if (error) delivery.reject(error);
    else delivery.resolve();
  }

  private heartbeat(): void {
    for (const delivery of this.deliveries) delivery.heartbeat().catch((error: Error) => this.end(delivery, error)); // no longer ours: another member reads it
  }
}
