import type { LogSubscription } from '../log/port';
import { ParkedEvents, type ParkedOptions } from '../parked/parked-events';
import { SelfHealing } from '../parked/self-healing';
import { Collector, type Waiting } from './collector';
import { checkFollowers, followedBy, type Follower, topicsOf } from './followers';
import { readRecord } from './incoming';
import { OtherRelease } from './installed';
import type { ReaderOptions } from './options';
import { ReaderState, type StopCode } from './reader-state';
import { type ReaderStatus, statusOf } from './status';

const MAX_BATCH = 1_000;

/** Follows the log in one group: what was committed is settled in the collector, and only then does the position move. */
export abstract class LogReader {
  protected readonly state: ReaderState;
  protected readonly collector: Collector;
  private readonly healing: SelfHealing;
  private following: LogSubscription | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    readonly name: string,
    protected readonly options: ReaderOptions,
    private readonly followers: readonly Follower[],
    parked: Pick<ParkedOptions, 'subscriptions' | 'reactions'>,
  ) {
    checkFollowers(followers);
    const { service, worker } = options;
    this.state = new ReaderState(name, options);
    this.collector = new Collector(this.state.timing.rereadMs);
    this.healing = new SelfHealing(new ParkedEvents({ service, worker, ...parked }), worker, followers, this.state);
  }

  /** Takes events in its own transactions, each stream's in order, and settles them; the next come when it resolves. */
  protected abstract take(events: readonly Waiting[]): Promise<void>;

  async start(): Promise<void> {
    if (this.followers.length === 0) return;
    const isWanted = followedBy(this.followers);
    this.running = this.run();
    this.following = await this.options.log.subscribe({
      group: this.name,
      topics: topicsOf(this.followers),
      onRecords: (records, heartbeat) =>
        this.collector.add(
          records.map((record) => readRecord(record, isWanted)),
          heartbeat,
        ),
      onLost: (error) => this.giveUp('log-lost', error),
    });
    if (this.state.isClosed)
      this.leave(); // it gave up, or was stopped, before the log had answered
    else this.healing.start();
  }

  async stop(): Promise<void> {
    this.close();
    await Promise.all([this.following?.stop(), this.healing.stop(), this.running]);
  }

  status(): Promise<ReaderStatus> {
    return statusOf(this.state, this.options.worker, this.followers, this.following);
  }

  private async run(): Promise<void> {
    for (;;) {
      const batch = await this.collector.next(MAX_BATCH);
      if (!batch) return;
      await this.take(batch).catch((error: unknown) => this.failed(error));
      if (this.state.isClosed) this.leave();
    }
  }

  protected failed(error: unknown): void {
    if (!this.state.isClosed) this.giveUp(error instanceof OtherRelease ? 'other-release' : 'broken-handler', error);
  }

  private giveUp(code: StopCode, error: unknown): void {
    this.state.stop(code, error instanceof Error ? error.message : String(error), error);
    this.leave();
  }

  private close(): void {
    this.state.close();
    this.collector.close(new Error(`${this.name} has stopped`));
  }

  /** The position stays where it is; another replica may try. */
  private leave(): void {
    this.close();
    void this.healing.stop();
    void this.following?.stop().catch(() => undefined);
  }
}
