import type { Reaction } from '../subscription';
import { applyBatch, type BatchReader, eventOf } from './batch';
import type { Waiting } from './collector';
import { BEHIND, isOutlasted, kindOf, reasonOf, TRIES, Unreadable } from './failure';
import { wants } from './followers';
import type { Gap } from './inbox';
import type { Incoming } from './incoming';
import { LogReader } from './log-reader';
import { markOf, reactInSpan } from './react';
import { type ReaderOptions, reactionsReaderName } from './options';
import { parkForReaction } from './park-for-reaction';
import { SideBySide } from './side-by-side';

/**
 * Hands each event to the one reaction that wants its type; what it decides and its inbox row are one transaction.
 * Streams go side by side, each in order. Of what nobody wants it only raises the row, many together.
 */
export class ReactionsReader extends LogReader {
  private readonly passing: BatchReader;
  private readonly sideBySide: SideBySide;
  private lastParked: Promise<unknown> = Promise.resolve();

  constructor(
    options: ReaderOptions,
    private readonly reactions: readonly Reaction[],
  ) {
    checkOneReactionAType(reactions);
    const name = reactionsReaderName(options.service);
    super(name, options, reactions, { subscriptions: [], reactions });
    const { statementTimeoutMs } = this.state.timing;
    this.passing = { name, worker: options.worker, subscriptions: [], statementTimeoutMs };
    this.sideBySide = new SideBySide({
      // Connections stay free: for the projections, and for what passes.
      lanes: Math.max(1, options.worker.options.max - 2),
      isWanted: (event) => this.reactionTo(event) !== undefined,
      isOpen: (waiting) => this.collector.isOpen(waiting),
      decide: (event) => this.decide(event),
      passOver: (events) => this.passOver(events),
      settle: (events, gaps) => this.collector.settle(events, gaps),
      onFailure: (error) => this.failed(error),
    });
  }

  override async stop(): Promise<void> {
    await Promise.all([super.stop(), this.sideBySide.stop()]);
  }

  /** Goes on at once: each event is settled when its own turn is over. */
  protected take(events: readonly Waiting[]): Promise<void> {
    this.sideBySide.add(events);
    return Promise.resolve();
  }

  private reactionTo(event: Incoming): Reaction | undefined {
    return this.reactions.find((one) => wants(one, event));
  }

  private async passOver(events: readonly Incoming[]): Promise<Gap[]> {
    const { taken, gaps } = await this.state.persist(() => applyBatch(this.passing, events));
    this.state.account(taken, gaps);
    return gaps;
  }

  /** False: the reaction wrote nothing, or the event is a gap, which passOver meets too. */
  private async decide(event: Incoming): Promise<boolean> {
    const reaction = this.reactionTo(event) as Reaction;
    for (let failures = 1; ; failures += 1) {
      const mark = markOf(this.name, reaction.name, event);
      try {
        await this.state.persist(() => reactInSpan(reaction, eventOf(event), mark), isOutlasted);
        if (mark.taken) this.state.account([event], []);
        return mark.taken ?? false;
      } catch (error) {
        if (this.state.isClosed) throw error;
        const kind = kindOf(error);
        if (kind === 'gap') return false;
        if (kind === 'behind') {
          failures -= 1;
          if (await this.park(reaction, event, BEHIND)) return false;
          continue;
        }
        if (kind !== 'too-early' && failures < TRIES && !(error instanceof Unreadable)) continue;
        await this.park(reaction, event, reasonOf(error));
        return false;
      }
    }
  }

  /** One after the other: each counts those before it. False: it was to park behind another that is no longer parked. */
  private async park(reaction: Reaction, event: Incoming, reason: string): Promise<boolean> {
    const { worker } = this.options;
    const parking = this.lastParked.then(() =>
      this.state.persist(() => parkForReaction(worker, this.name, reaction.name, event, reason)),
    );
    this.lastParked = parking.catch(() => undefined);
    const outcome = await parking;
    if (outcome === 'parked') this.state.noteParked(reaction.name, reason);
    return outcome !== 'no-longer-behind';
  }
}

function checkOneReactionAType(reactions: readonly Reaction[]): void {
  const owners = new Map<string, string>();
  for (const { name, types } of reactions) {
    for (const type of types) {
      const other = owners.get(type);
      if (other !== undefined) throw new Error(`${other} and ${name} both react to ${type}: one must decide`);
      owners.set(type, name);
    }
  }
}
