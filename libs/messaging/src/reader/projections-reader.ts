import type { Subscription } from '../subscription';
import { applyBatch, type BatchReader } from './batch';
import type { Waiting } from './collector';
import { isOutlasted } from './failure';
import type { Gap } from './inbox';
import type { Incoming } from './incoming';
import { activeOf, loadInstalled, OtherRelease } from './installed';
import { LogReader } from './log-reader';
import { applyOne } from './one-by-one';
import { projectionsReaderName, type ReaderOptions } from './options';

/**
 * Follows the log for all subscriptions of a service, in one transaction a batch: their rows and the inbox are one.
 * Projections are installed before it starts (`installProjections`).
 */
export class ProjectionsReader extends LogReader {
  private readonly batchReader: BatchReader;

  constructor(
    options: ReaderOptions,
    private readonly subscriptions: readonly Subscription[],
  ) {
    const name = projectionsReaderName(options.service);
    super(name, options, subscriptions, { subscriptions, reactions: [] });
    const { statementTimeoutMs } = this.state.timing;
    this.batchReader = { name, worker: options.worker, subscriptions, statementTimeoutMs };
  }

  override async start(): Promise<void> {
    const { rows } = await this.options.worker.query<Record<string, unknown>>(loadInstalled.text);
    activeOf(this.subscriptions, rows);
    await super.start();
  }

  protected async take(batch: readonly Waiting[]): Promise<void> {
    const gaps = await this.apply(batch.map(({ event }) => event));
    this.collector.settle(batch, gaps);
  }

  /** Together; and if that fails by somebody's fault or takes too long, one by one, so that only the event at fault parks. */
  private async apply(events: readonly Incoming[]): Promise<Gap[]> {
    try {
      const { taken, gaps } = await this.state.persist(() => applyBatch(this.batchReader, events), isOutlasted);
      this.state.account(taken, gaps);
      return gaps;
    } catch (error) {
      if (this.state.isClosed || error instanceof OtherRelease) throw error;
    }
    const open: Gap[] = [];
    for (const event of events) open.push(...(await this.takeOne(event)));
    return open;
  }

  private async takeOne(event: Incoming): Promise<Gap[]> {
    const outlasted = new Map<string, number>();
    const { taken, gaps, parked, stale } = await this.state.persist(() => applyOne(this.batchReader, event, outlasted));
    this.state.account(taken, gaps);
    for (const { subscription, reason } of parked) this.state.noteParked(subscription, reason);
    for (const projection of stale) this.state.report('stale', projection);
    return gaps;
  }
}
