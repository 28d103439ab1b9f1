import type { Reaction } from '../subscription';
import { applyBatch, type BatchReader, eventOf } from './batch';
import { BEHIND, isOutlasted, kindOf, reasonOf, TRIES, Unreadable } from './failure';
import { wants } from './followers';
import type { Gap } from './inbox';
import { type Incoming, streamKey } from './incoming';
import { LogReader } from './log-reader';
import { markOf, reactInSpan } from './react';
import { type ReaderOptions, reactionsReaderName } from './options';
import { isParked, parkForReaction } from './park-for-reaction';

/**
 * Hands each event to the one reaction that wants its type; what it decides and its inbox row are one transaction.
 * Of the others it only raises the row, many together.
 */
export class ReactionsReader extends LogReader {
  private readonly passing: BatchReader;

  constructor(
    options: ReaderOptions,
    private readonly reactions: readonly Reaction[],
  ) {
    checkOneReactionAType(reactions);
    const name = reactionsReaderName(options.service);
    super(name, options, reactions, { subscriptions: [], reactions });
    const { statementTimeoutMs } = this.state.timing;
    this.passing = { name, worker: options.worker, subscriptions: [], statementTimeoutMs };
  }

  protected async take(events: readonly Incoming[]): Promise<Gap[]> {
    const gaps: Gap[] = [];
    let passing: Incoming[] = [];
    const pass = async (): Promise<void> => {
      const chunk = passing;
      passing = [];
      gaps.push(...(await this.passOver(chunk)));
    };
    for (const event of events) {
      const reaction = this.reactions.find((one) => wants(one, event));
      if (reaction && passing.some((before) => streamKey(before) === streamKey(event))) await pass();
      if (gaps.some((gap) => streamKey(gap.event) === streamKey(event))) continue;
      if (reaction) await this.decide(reaction, event);
      // Also what was decided on: a reaction with nothing to decide has written nothing, and its event is taken.
      passing.push(event);
    }
    await pass();
    return gaps;
  }

  private async passOver(events: readonly Incoming[]): Promise<Gap[]> {
    if (events.length === 0) return [];
    const { taken, gaps } = await this.state.persist(() => applyBatch(this.passing, events));
    this.state.account(taken, gaps);
    return gaps;
  }

  /** A gap is left to passOver, which meets it too. */
  private async decide(reaction: Reaction, event: Incoming): Promise<void> {
    const { worker } = this.options;
    const isBehind = await this.state.persist(() => isParked(worker, reaction.name, event));
    if (isBehind && (await this.park(reaction, event, BEHIND))) return;
    for (let failures = 1; ; failures += 1) {
      try {
        const mark = markOf(this.name, event);
        await this.state.persist(() => reactInSpan(reaction, eventOf(event), mark), isOutlasted);
        return this.state.account([event], []);
      } catch (error) {
        if (this.state.isClosed) throw error;
        const kind = kindOf(error);
        if (kind === 'gap') return;
        if (kind !== 'too-early' && failures < TRIES && !(error instanceof Unreadable)) continue;
        return void (await this.park(reaction, event, reasonOf(error)));
      }
    }
  }

  /** False: it was to park behind another that is no longer parked. */
  private async park(reaction: Reaction, event: Incoming, reason: string): Promise<boolean> {
    const { worker } = this.options;
    const outcome = await this.state.persist(() => parkForReaction(worker, this.name, reaction.name, event, reason));
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
