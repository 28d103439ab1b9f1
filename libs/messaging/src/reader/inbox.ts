import type { Row, Statement } from '@homeward/persistence';
import { type Incoming, streamKey, type StreamId } from './incoming';

/** An event that came before its predecessor, and what the reader had taken of the stream. */
export interface Gap {
  event: Incoming;
  last: bigint;
}

/** By stream, the last sequence taken: applied or parked. */
export type Taken = Map<string, bigint>;

/** Projections and rebuilds share it, the swap of a rebuild holds it alone: between two batches, never inside one. */
export const shareReader = (reader: string): Statement => ({
  text: 'SELECT pg_advisory_xact_lock_shared(hashtext($1))',
  values: [reader],
});

export const holdReader = (reader: string): Statement => ({
  text: 'SELECT pg_advisory_xact_lock(hashtext($1))',
  values: [reader],
});

/** Locks the rows in key order, so that two batches for the same people wait for each other and do not deadlock. */
export const lockInbox = (reader: string, streams: StreamId[]): Statement => ({
  text: `INSERT INTO inbox (reader, source, stream, last_sequence)
    SELECT $1, source, stream, 0 FROM unnest($2::text[], $3::text[]) AS s (source, stream) ORDER BY source, stream
    ON CONFLICT (reader, source, stream) DO UPDATE SET last_sequence = inbox.last_sequence
    RETURNING source, stream, last_sequence`,
  values: [reader, streams.map(({ source }) => source), streams.map(({ stream }) => stream)],
});

export const takenOf = (rows: Row[]): Taken =>
  new Map(rows.map((row) => [streamKey(row as unknown as StreamId), BigInt(String(row['last_sequence']))]));

/**
 * Drops what was taken before and keeps what follows without a gap. Behind a gap nothing of that stream is taken, and
 * the gap stays open until its last event is. `taken` afterwards holds what the rows are to be raised to.
 */
export function takeNext(events: readonly Incoming[], taken: Taken): { fresh: Incoming[]; gaps: Gap[] } {
  const fresh: Incoming[] = [];
  const ahead = new Map<string, Incoming>();
  const lastOf = (key: string): bigint => taken.get(key) ?? 0n;
  for (const event of events) {
    const key = streamKey(event);
    const last = lastOf(key);
    if (event.sequence <= last) continue;
    if (event.sequence > last + 1n) {
      if (event.sequence > (ahead.get(key)?.sequence ?? 0n)) ahead.set(key, event);
      continue;
    }
    taken.set(key, event.sequence);
    fresh.push(event);
  }
  const gaps = [...ahead].filter(([key, event]) => event.sequence > lastOf(key));
  return { fresh, gaps: gaps.map(([key, event]) => ({ event, last: lastOf(key) })) };
}

/** `fresh` is what takeNext kept: the last event of each stream is what its row is raised to. */
export function raiseInbox(reader: string, fresh: readonly Incoming[]): Statement {
  const last = [...new Map(fresh.map((event) => [streamKey(event), event])).values()];
  return {
    // The rows are there and locked, or nobody else writes them. An UPDATE that joined them would read all of the reader's
    // while the table is new.
    text: `INSERT INTO inbox (reader, source, stream, last_sequence)
      SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[])
      ON CONFLICT (reader, source, stream) DO UPDATE SET last_sequence = excluded.last_sequence`,
    values: [reader, last.map((e) => e.source), last.map((e) => e.stream), last.map((e) => e.sequence)],
  };
}
