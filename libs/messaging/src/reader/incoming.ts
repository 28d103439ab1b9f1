import {
  classify,
  decode,
  validateConsumed,
  type EncodedEvent,
  type EventEnvelope,
  InvalidEvent,
} from '@homeward/contracts';
import type { ReceivedRecord } from '../log/port';
import { NOT_AN_EVENT } from './failure';

/** One stream of one source: the unit of order, of the inbox and of parking. */
export interface StreamId {
  source: string;
  stream: string;
}

/** A record of the log as a reader takes it: its place in its stream, and the event unless it cannot be one. */
export interface Incoming extends StreamId {
  sequence: bigint;
  /** Empty when the record does not say. */
  type: string;
  record: EncodedEvent;
  event?: EventEnvelope;
  /** Why nobody may handle it; it parks for whoever wants its type. Names pointers and types, never values. */
  invalid?: string;
}

export const streamKey = ({ source, stream }: StreamId): string => `${source} ${stream}`;

/** `homeward.flow.team.opened` of any major. */
export const nameOf = (type: string): string => type.replace(/\.v\d+$/, '');

/** The streams of these events, each once. */
export const streamsOf = (events: readonly StreamId[]): StreamId[] => [
  ...new Map(events.map((event) => [streamKey(event), event])).values(),
];

/**
 * Reads a record. Only what somebody wants is checked against its schema. A record that does not even tell its place
 * (foreign, or broken) gets a stream of its own by topic, partition and offset, so that it can be parked and seen: if a
 * real event was lost in it, the next one on that stream shows the gap.
 */
export function readRecord(record: ReceivedRecord, isWanted: (type: string) => boolean): Incoming {
  const { headers, value } = record;
  const incoming = readEncoded({ headers, value }, isWanted);
  if (incoming) return incoming;
  const place = { source: record.topic, stream: `partition/${record.partition}/${record.offset}`, sequence: 1n };
  return { ...place, type: '', record: { headers, value }, invalid: NO_PLACE };
}

export const NO_PLACE = `${NOT_AN_EVENT}: no readable place in a stream`;

/** What an index of the inbox takes with room to spare; ours have some fifty bytes. */
const PLACE_BYTES = 512;

/** Whether a row of the inbox can be called this. */
const isPlace = (text: string | undefined): text is string =>
  text !== undefined && text !== '' && !text.includes('\0') && Buffer.byteLength(text) <= PLACE_BYTES;

/** The same for a record without a place in the log, as a parked row keeps it. */
export function readEncoded(record: EncodedEvent, isWanted: (type: string) => boolean): Incoming | undefined {
  try {
    const event = decode(record);
    const { source, partitionkey: stream, sequence, type } = event;
    if (!isPlace(source) || !isPlace(stream)) return undefined;
    const invalid = isWanted(type) ? fault(event) : undefined;
    return { source, stream, sequence, type, record, event, ...(invalid ? { invalid } : {}) };
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    const { ce_source: source, ce_partitionkey: stream, ce_sequence: sequence, ce_type: type } = record.headers;
    if (!isPlace(source) || !isPlace(stream) || !/^\d{20}$/.test(sequence ?? '')) return undefined;
    return {
      source,
      stream,
      sequence: BigInt(sequence ?? ''),
      type: type ?? '',
      record,
      invalid: `${NOT_AN_EVENT}: ${error.message}`,
    };
  }
}

function fault(event: EventEnvelope): string | undefined {
  if (classify(event.type) !== 'known') return `unknown major: ${event.type}`;
  const errors = validateConsumed(event.type, event.data);
  return errors.length > 0 ? `schema invalid: ${errors.join('; ')}` : undefined;
}
