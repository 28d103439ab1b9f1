import type { Pool } from 'pg';
import { kindOf, TOO_EARLY } from '../reader/failure';
import type { Follower } from '../reader/followers';
import type { ReaderState } from '../reader/reader-state';
import type { ParkedEvents, ParkedStream } from './parked-events';

/** Tries again what came too early, by itself, for some minutes; then it waits for an operator. */
export class SelfHealing {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly parked: ParkedEvents,
    private readonly worker: Pool,
    private readonly followers: readonly Follower[],
    private readonly state: ReaderState,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.running = this.healAll().finally(() => this.state.isClosed || this.start());
    }, this.state.timing.healEveryMs);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
  }

  private async healAll(): Promise<void> {
    for (const { subscription, source, stream } of await this.tooEarly().catch((error) => this.failed(error))) {
      if (this.state.isClosed) return;
      await this.parked.redrive(subscription, { source, stream }).catch((error) => this.failed(error));
    }
  }

  /** The next time may be better; a failure of the handler itself is noted at the parked event. */
  private failed(error: unknown): [] {
    if (kindOf(error) !== 'infrastructure') this.state.report('retrying', 'self-healing', error);
    return [];
  }

  private async tooEarly(): Promise<ParkedStream[]> {
    const { rows } = await this.worker.query<ParkedStream>(
      `SELECT * FROM (SELECT DISTINCT ON (subscription, source, stream) subscription, source, stream, reason, since
         FROM parked_event WHERE subscription = ANY ($1) ORDER BY subscription, source, stream, sequence) AS heads
       WHERE reason LIKE $2 AND since > clock_timestamp() - $3 * interval '1 millisecond' ORDER BY since`,
      [this.followers.map(({ name }) => name), `${TOO_EARLY}%`, this.state.timing.healForMs],
    );
    return rows;
  }
}
