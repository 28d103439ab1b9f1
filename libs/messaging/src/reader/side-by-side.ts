import type { Waiting } from './collector';
import type { Gap } from './inbox';
import { type Incoming, streamKey } from './incoming';

export interface SideBySideOptions {
  /** Decisions that run at the same time, at most. */
  lanes: number;
  isWanted(event: Incoming): boolean;
  isOpen(waiting: Waiting): boolean;
  /** Answers whether it has raised the event's row: one with nothing to decide has not, and is passed over. */
  decide(event: Incoming): Promise<boolean>;
  /** Raises the rows of events that nobody wants, together; answers those that came before their predecessor. */
  passOver(events: readonly Incoming[]): Promise<Gap[]>;
  settle(events: readonly Waiting[], gaps: readonly Gap[]): void;
  onFailure(error: unknown): void;
}

/**
 * Streams side by side, each in order: a stream is with one lane at a time, and its next event is looked at when the one
 * in front of it is settled. A slow stream holds a lane and itself, nobody else.
 */
export class SideBySide {
  private readonly queues = new Map<string, Waiting[]>();
  /** Streams that no lane has, by what their next event needs. */
  private readonly toDecide: string[] = [];
  private toPass: string[] = [];
  private deciding = 0;
  private passing = false;
  private stopped = false;
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly options: SideBySideOptions) {}

  add(events: readonly Waiting[]): void {
    for (const one of events) {
      const key = streamKey(one.event);
      const queue = this.queues.get(key);
      if (queue) queue.push(one);
      else this.queues.set(key, [one]);
      if (!queue) this.lineUp(key);
    }
    this.goOn();
  }

  /** Begins nothing more, and resolves when what is running has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private lineUp(key: string): void {
    const queue = this.queues.get(key) ?? [];
    while (queue[0] && !this.options.isOpen(queue[0])) queue.shift();
    const [next] = queue;
    if (!next) this.queues.delete(key);
    else if (this.options.isWanted(next.event)) this.toDecide.push(key);
    else this.toPass.push(key);
  }

  private goOn(): void {
    if (this.stopped) return;
    while (this.deciding < this.options.lanes && this.toDecide.length > 0) {
      this.deciding += 1;
      this.run(this.decideNext(this.toDecide.shift() ?? '').finally(() => (this.deciding -= 1)));
    }
    if (this.passing || this.toPass.length === 0) return;
    this.passing = true;
    this.run(this.passOverAll().finally(() => (this.passing = false)));
  }

  private run(work: Promise<void>): void {
    const running: Promise<void> = work
      .catch((error: unknown) => {
        this.stopped = true;
        this.options.onFailure(error);
      })
      .finally(() => {
        this.running.delete(running);
        this.goOn();
      });
    this.running.add(running);
  }

  private async decideNext(key: string): Promise<void> {
    const [next] = this.queues.get(key) ?? [];
    if (!next) return;
    if (await this.options.decide(next.event)) this.settle(key, [next], []);
    else this.toPass.push(key);
  }

  private async passOverAll(): Promise<void> {
    const keys = this.toPass;
    this.toPass = [];
    const taken = keys.map((key) => this.firstUnwanted(this.queues.get(key) ?? []));
    const gaps = await this.options.passOver(taken.flat().map(({ event }) => event));
    keys.forEach((key, i) => this.settle(key, taken[i] ?? [], gaps));
  }

  /** The first is passed over whoever wanted it, those behind it as far as nobody does. */
  private firstUnwanted(queue: Waiting[]): Waiting[] {
    const wanted = queue.findIndex(({ event }, i) => i > 0 && this.options.isWanted(event));
    return wanted < 0 ? [...queue] : queue.slice(0, wanted);
  }

  private settle(key: string, events: Waiting[], gaps: readonly Gap[]): void {
    this.queues.get(key)?.splice(0, events.length);
    this.options.settle(events, gaps);
    this.lineUp(key);
  }
}
