import type { EventEnvelope } from '@homeward/contracts';
import { withSpan } from '@homeward/observability';
import type { Row, Statement } from '@homeward/persistence';
import type { Pool } from 'pg';
import { loadParked, park, parkedOf, type ParkedStreams, type Parking } from '../parked/parked-rows';
import type { Subscription, Tx } from '../subscription';
import { BEHIND, NOT_AN_EVENT, Unreadable } from './failure';
import { wants } from './followers';
import { type Incoming, streamKey, streamsOf } from './incoming';
import { type Gap, lockInbox, raiseInbox, shareReader, takenOf, takeNext } from './inbox';
import { type Active, activeOf, loadInstalled } from './installed';
import { inTransaction } from '../transaction';

const LINKED_AT_MOST = 100;

/** What applies events in a transaction: the service's reader, or the reader of a rebuild. */
export interface BatchReader {
  /** `homeward.<service>`: the name in the inbox, and the advisory lock. */
  name: string;
  worker: Pool;
  subscriptions: readonly Subscription[];
  /** One statement may take this long; then it is cancelled, and the third time its event is poison. */
  statementTimeoutMs: number;
}

/** What was taken, and what could not be. */
export interface BatchResult {
  taken: Incoming[];
  gaps: Gap[];
}

/** What a transaction of a reader begins with; locks first, then, in statements of their own, what depends on them. */
export function opening(reader: BatchReader, events: readonly Incoming[]): Statement[] {
  const streams = streamsOf(events);
  const names = reader.subscriptions.map(({ name }) => name);
  return [
    { text: `SELECT set_config('statement_timeout', $1, true)`, values: [String(reader.statementTimeoutMs)] },
    shareReader(reader.name),
    lockInbox(reader.name, streams),
    loadParked(names, streams),
    loadInstalled,
  ];
}

export interface Opened {
  fresh: Incoming[];
  gaps: Gap[];
  parked: ParkedStreams;
  active: Active[];
}

export function openedBy(reader: BatchReader, events: readonly Incoming[], rows: Row[][]): Opened {
  const [, , locked = [], parked = [], installed = []] = rows;
  const active = reader.subscriptions.length > 0 ? activeOf(reader.subscriptions, installed) : [];
  return { ...takeNext(events, takenOf(locked)), parked: parkedOf(parked), active };
}

/**
 * Applies events in one transaction: each subscription gets its own in order, set-based, and every row is raised to the
 * last event taken, whether anybody wanted it, applied it or it parks behind another. Throws what a subscription throws,
 * and Unreadable for what nobody can apply: then the events go one by one.
 */
export function applyBatch(reader: BatchReader, events: readonly Incoming[]): Promise<BatchResult> {
  return inTransaction(reader.worker, opening(reader, events), async (connection, rows) => {
    const { fresh, gaps, parked, active } = openedBy(reader, events, rows);
    const parkings: Parking[] = [];
    for (const { subscription, schema } of active) {
      const wanted = fresh.filter((event) => wants(subscription, event));
      const behind = wanted.filter((event) => isBehind(subscription, event, parked));
      const free = wanted.filter((event) => !isBehind(subscription, event, parked));
      parkings.push(...behind.map((event) => ({ subscription: subscription.name, event, reason: BEHIND })));
      if (free.length > 0) await handle(subscription, connection, free.map(eventOf), schema);
    }
    const closing = fresh.length > 0 ? [raiseInbox(reader.name, fresh)] : [];
    if (parkings.length > 0) closing.push(park(parkings));
    return { closing, result: { taken: fresh, gaps } };
  });
}

/** In a span: of the one event's trace, or linked to the traces of many. */
export function handle(subscription: Subscription, tx: Tx, events: EventEnvelope[], schema: string): Promise<void> {
  const causes = events.slice(0, LINKED_AT_MOST).map(({ traceparent }) => traceparent);
  return withSpan(`apply ${subscription.name}`, { causes, kind: 'CONSUMER' }, () =>
    subscription.apply(tx, events, schema),
  );
}

/** A stream with a parked event waits for it. */
export const isBehind = (subscription: Subscription, event: Incoming, parked: ParkedStreams): boolean =>
  parked.get(subscription.name)?.has(streamKey(event)) ?? false;

/** The event that a handler may have. */
export function eventOf({ event, invalid }: Incoming): EventEnvelope {
  if (!event || invalid !== undefined) throw new Unreadable(invalid ?? NOT_AN_EVENT);
  return event;
}
