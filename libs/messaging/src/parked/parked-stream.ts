import type { Row, Statement } from '@homeward/persistence';
import type { EncodedEvent } from '@homeward/contracts';
import { BEHIND } from '../reader/failure';
import { followedBy, type Follower } from '../reader/followers';
import { type Incoming, NO_PLACE, readEncoded, type StreamId } from '../reader/incoming';

export const loadEvents = (subscription: string, { source, stream }: StreamId, limit: number): Statement => ({
  text: `SELECT sequence, event, reason FROM parked_event WHERE subscription = $1 AND source = $2 AND stream = $3
    ORDER BY sequence LIMIT ${limit}`,
  values: [subscription, source, stream],
});

/** A parked row as the reader would take it from the log now: a later release may know what parked it. */
export function incomingOf(follower: Follower, stream: StreamId, row: Row): Incoming {
  const record = row['event'] as EncodedEvent;
  const read = readEncoded(record, followedBy([follower]));
  if (read) return read;
  const sequence = BigInt(String(row['sequence']));
  return { ...stream, sequence, type: '', record, invalid: NO_PLACE };
}

export const unparkUpTo = (subscription: string, { source, stream }: StreamId, sequence: bigint): Statement => ({
  text: 'DELETE FROM parked_event WHERE subscription = $1 AND source = $2 AND stream = $3 AND sequence <= $4',
  values: [subscription, source, stream, sequence],
});

/** The first of a stream says why; one that waited behind another begins its own time. */
export const noteReason = (subscription: string, event: Incoming, reason: string): Statement => ({
  text: `UPDATE parked_event SET reason = $5, since = CASE WHEN reason = $6 THEN clock_timestamp() ELSE since END
    WHERE subscription = $1 AND source = $2 AND stream = $3 AND sequence = $4`,
  values: [subscription, event.source, event.stream, event.sequence, reason, BEHIND],
});

export const countEvents = (subscription: string, { source, stream }: StreamId): Statement => ({
  text: `SELECT count(*)::int AS events FROM parked_event WHERE subscription = $1 AND source = $2 AND stream = $3`,
  values: [subscription, source, stream],
});
