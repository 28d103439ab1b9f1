import { classify } from '@homeward/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { kindOf, reasonOf } from './failure';
import { type Incoming, streamKey } from './incoming';
import type { Gap } from './inbox';
import { type ReaderOptions, type ReaderReport, type ReaderTiming, TIMING } from './options';

export type StopCode = 'gap' | 'broken-handler' | 'other-release' | 'log-lost';

export interface Stopped {
  code: StopCode;
  /** For an operator; may name a stream. */
  detail: string;
  since: Date;
}

export interface ReaderCounts {
  taken: number;
  /** Of names that the catalogue does not know: somebody else's business. */
  skipped: number;
  parked: number;
  retries: number;
}

/** What both readers keep: how it goes, patience with what is away, and when to give up. */
export class ReaderState {
  readonly counts: ReaderCounts = { taken: 0, skipped: 0, parked: 0, retries: 0 };
  readonly timing: ReaderTiming;
  stopped: Stopped | undefined;
  private readonly closing = new AbortController();
  private readonly gaps = new Map<string, { since: number; sequence: bigint }>();

  constructor(
    readonly reader: string,
    private readonly options: ReaderOptions,
  ) {
    this.timing = { ...TIMING, ...options.timing };
  }

  get isClosed(): boolean {
    return this.closing.signal.aborted;
  }

  close(): void {
    this.closing.abort(new Error(`${this.reader} has stopped`));
  }

  stop(code: StopCode, detail: string, error?: unknown): void {
    this.stopped ??= { code, detail, since: new Date() };
    this.report('stopped', code, error);
    this.close();
  }

  report(what: ReaderReport['what'], detail: string, error?: unknown): void {
    this.options.report?.({ reader: this.reader, what, detail, error });
  }

  noteParked(subscription: string, reason: string): void {
    this.counts.parked += 1;
    this.report('parked', `${subscription}: ${reason}`);
  }

  /** Repeats while the cause is infrastructure, for as long as it takes; the position waits. Not what `isOurs` knows better. */
  async persist<T>(work: () => Promise<T>, isOurs: (error: unknown) => boolean = () => false): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      this.closing.signal.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        if (isOurs(error) || kindOf(error) !== 'infrastructure') throw error;
        this.counts.retries += 1;
        this.report('retrying', reasonOf(error), error);
        const pause = Math.min(50 * 2 ** Math.min(attempt, 10), this.timing.backOffMs) * (0.5 + Math.random() / 2);
        await sleep(pause, undefined, { signal: this.closing.signal });
      }
    }
  }

  /** Notes what was taken and which gaps are open; one that stays open too long stops the reader. */
  account(taken: readonly Incoming[], gaps: readonly Gap[]): void {
    this.counts.taken += taken.length;
    for (const event of taken) {
      const key = streamKey(event);
      if (event.sequence >= (this.gaps.get(key)?.sequence ?? 0n)) this.gaps.delete(key);
      if (event.type !== '' && classify(event.type) === 'unknown-name') this.counts.skipped += 1;
    }
    for (const { event, last } of gaps) {
      const key = streamKey(event);
      const since = this.gaps.get(key)?.since ?? performance.now();
      if (!this.gaps.has(key)) this.report('gap', `${event.sequence} of ${event.source} after ${last}`);
      this.gaps.set(key, { since, sequence: event.sequence });
      if (performance.now() - since >= this.timing.gapPatienceMs)
        this.stop('gap', `${event.source} ${event.stream}: ${event.sequence} after ${last}`);
    }
  }
}
