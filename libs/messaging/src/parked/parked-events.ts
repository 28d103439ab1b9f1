import type { EncodedEvent } from '@homeward/contracts';
import type { Pool } from 'pg';
import type { StreamId } from '../reader/incoming';
import { TIMING } from '../reader/options';
import type { Reaction, Subscription } from '../subscription';
import { redriveReaction } from './redrive-reaction';
import { redriveSubscription } from './redrive-subscription';

export interface ParkedStream extends StreamId {
  subscription: string;
  events: number;
  /** Why the first of them parked; the others wait behind it. */
  reason: string;
  since: Date;
}

export interface ParkedEvent {
  sequence: bigint;
  event: EncodedEvent;
  reason: string;
  since: Date;
}

/** What a redrive came to. `left` events stay parked, for `reason`. */
export interface Redriven {
  applied: number;
  left: number;
  reason?: string;
}

export interface ParkedOptions {
  service: string;
  worker: Pool;
  subscriptions: readonly Subscription[];
  reactions: readonly Reaction[];
  statementTimeoutMs?: number;
}

/** The parked events of a service, for its operators (`ops parked`) and for the readers that heal by themselves. */
export class ParkedEvents {
  constructor(private readonly options: ParkedOptions) {}

  /** One row a stream and subscription, the oldest first. */
  async list(): Promise<ParkedStream[]> {
    const { rows } = await this.options.worker.query<ParkedStream>(
      `SELECT subscription, source, stream, count(*)::int AS events, min(since) AS since,
         (array_agg(reason ORDER BY sequence))[1] AS reason
       FROM parked_event GROUP BY subscription, source, stream ORDER BY min(since)`,
    );
    return rows;
  }

  /** The events themselves, in order: coded facts, no names. */
  async show(subscription: string, stream: StreamId): Promise<ParkedEvent[]> {
    const { rows } = await this.options.worker.query<ParkedEvent & { sequence: string }>(
      `SELECT sequence, event, reason, since FROM parked_event
       WHERE subscription = $1 AND source = $2 AND stream = $3 ORDER BY sequence`,
      [subscription, stream.source, stream.stream],
    );
    return rows.map((row) => ({ ...row, sequence: BigInt(row.sequence) }));
  }

  /**
   * Applies a stream's parked events in order, under the lock of its inbox row, and deletes the rows of those applied;
   * the first that fails stays, with what is behind it. Safe beside the live reader and beside another redrive.
   */
  async redrive(subscription: string, stream: StreamId): Promise<Redriven> {
    const { service, worker, subscriptions, reactions, statementTimeoutMs = TIMING.statementTimeoutMs } = this.options;
    const reaction = reactions.find(({ name }) => name === subscription);
    if (reaction) return redriveReaction({ service, worker, reaction, stream });
    if (!subscriptions.some(({ name }) => name === subscription)) throw new Error(`${service} has no ${subscription}`);
    const name = `homeward.${service}`;
    return redriveSubscription({ name, worker, subscriptions, statementTimeoutMs }, subscription, stream);
  }
}
