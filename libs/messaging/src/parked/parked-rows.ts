import type { Row, Statement } from '@homeward/persistence';
import { type Incoming, streamKey, type StreamId } from '../reader/incoming';
import { NOT_ITS_FAULT } from '../reader/failure';

/** Streams of a subscription that may park within a minute; one more, and it is the handler that is broken. */
export const MAY_PARK = 10;

/** Streams with a parked event, by subscription: their later events park behind it. */
export type ParkedStreams = Map<string, Set<string>>;

export const loadParked = (subscriptions: string[], streams: StreamId[]): Statement => ({
  text: `SELECT DISTINCT subscription, source, stream FROM parked_event WHERE subscription = ANY ($1)
    AND (source, stream) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
  values: [subscriptions, streams.map(({ source }) => source), streams.map(({ stream }) => stream)],
});

export function parkedOf(rows: Row[]): ParkedStreams {
  const parked: ParkedStreams = new Map();
  for (const row of rows) addParked(parked, String(row['subscription']), row as unknown as StreamId);
  return parked;
}

export function addParked(parked: ParkedStreams, subscription: string, stream: StreamId): void {
  const streams = parked.get(subscription) ?? new Set();
  parked.set(subscription, streams.add(streamKey(stream)));
}

export interface Parking {
  subscription: string;
  event: Incoming;
  reason: string;
}

export const park = (parkings: readonly Parking[]): Statement => ({
  text: `INSERT INTO parked_event (subscription, source, stream, sequence, event, reason)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::jsonb[], $6::text[])
    ON CONFLICT DO NOTHING`,
  values: [
    parkings.map(({ subscription }) => subscription),
    parkings.map(({ event }) => withoutNul(event.source)),
    parkings.map(({ event }) => withoutNul(event.stream)),
    parkings.map(({ event }) => event.sequence),
    parkings.map(({ event }) => jsonOf(event)),
    parkings.map(({ reason }) => withoutNul(reason)),
  ],
});

/** PostgreSQL cannot hold it, and only what somebody foreign wrote has it. */
const withoutNul = (text: string): string => text.replaceAll('\0', '\ufffd');

const jsonOf = ({ record }: Incoming): string =>
  JSON.stringify(record, (_, value: unknown) => (typeof value === 'string' ? withoutNul(value) : value));

/** Other streams of the subscription that parked within the last minute, for what may be the handler's failure. */
export const recentlyParked = (subscription: string, { source, stream }: StreamId): Statement => ({
  text: `SELECT count(DISTINCT (source, stream))::int AS streams FROM parked_event
    WHERE subscription = $1 AND (source, stream) <> ($2, $3) AND since > clock_timestamp() - interval '1 minute'
      AND reason NOT LIKE ALL ($4)`,
  values: [subscription, source, stream, NOT_ITS_FAULT.map((start) => `${start}%`)],
});
