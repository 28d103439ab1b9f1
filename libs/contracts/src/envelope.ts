/** CloudEvents 1.0 as Homeward uses it: the attributes of the design's table, and the data. */
export interface EventEnvelope<D = unknown> {
  /** UUIDv7, drawn at append, never again. */
  id: string;
  source: string;
  type: string;
  subject: string;
  /** When it was recorded. */
  time: string;
  /** When it happened: an instant, or a day (`2026-11-25`, in London) where only the day is known. */
  occurredat: string;
  partitionkey: string;
  /** Gap-free per source and partitionkey, from 1. */
  sequence: bigint;
  dataschema: string;
  correlationid: string;
  actorrole: string;
  personid?: string;
  causationid?: string;
  traceparent?: string;
  corrects?: string;
  data: D;
}

/** The record as it lies in the log. */
export interface EncodedEvent {
  headers: Record<string, string>;
  value: string;
}

export class InvalidEvent extends Error {
  override readonly name = 'InvalidEvent';
}

export const MAX_EVENT_BYTES = 64 * 1024;
const BINARY_TYPE = 'application/json';
const STRUCTURED = 'application/cloudevents';
const REQUIRED = [
  'id',
  'source',
  'type',
  'subject',
  'time',
  'occurredat',
  'partitionkey',
  'sequence',
  'dataschema',
  'correlationid',
  'actorrole',
] as const;
const OPTIONAL = ['personid', 'causationid', 'traceparent', 'corrects'] as const;

/** Kafka protocol binding, binary mode: attributes as `ce_` headers, the data as the value. */
export function encode(event: EventEnvelope): EncodedEvent {
  const headers: Record<string, string> = { 'content-type': BINARY_TYPE, ce_specversion: '1.0' };
  for (const name of REQUIRED)
    headers[`ce_${name}`] = name === 'sequence' ? formatSequence(event.sequence) : event[name];
  for (const name of OPTIONAL) {
    const value = event[name];
    if (value !== undefined) headers[`ce_${name}`] = value;
  }
  const value = JSON.stringify(event.data);
  const size = Buffer.byteLength(value) + Buffer.byteLength(JSON.stringify(headers));
  if (size > MAX_EVENT_BYTES) throw new InvalidEvent(`${event.type} has ${size} bytes, more than ${MAX_EVENT_BYTES}`);
  return { headers, value };
}

/** Reads both modes of the binding; what is missing or malformed throws InvalidEvent. */
export function decode(record: EncodedEvent): EventEnvelope {
  const contentType = (record.headers['content-type'] ?? '').toLowerCase();
  return contentType.startsWith(STRUCTURED) ? fromStructured(record.value) : fromBinary(record);
}

function fromBinary(record: EncodedEvent): EventEnvelope {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record.headers)) {
    if (name.startsWith('ce_')) attributes[name.slice(3)] = value;
  }
  return envelopeOf(attributes, parseJson(record.value));
}

function fromStructured(value: string): EventEnvelope {
  const whole = parseJson(value);
  if (typeof whole !== 'object' || whole === null) throw new InvalidEvent('a structured event is a JSON object');
  const { data, ...attributes } = whole as Record<string, unknown>;
  return envelopeOf(attributes, data);
}

function envelopeOf(attributes: Record<string, unknown>, data: unknown): EventEnvelope {
  if (attributes['specversion'] !== '1.0') throw new InvalidEvent('specversion is not 1.0');
  const event: Record<string, unknown> = { data };
  for (const name of REQUIRED) {
    const value = attributes[name];
    if (typeof value !== 'string' || value === '') throw new InvalidEvent(`attribute ${name} is missing`);
    event[name] = value;
  }
  for (const name of OPTIONAL) if (typeof attributes[name] === 'string') event[name] = attributes[name];
  const sequence = String(event['sequence']);
  if (!/^\d{20}$/.test(sequence)) throw new InvalidEvent('attribute sequence is not 20 digits');
  if (Number.isNaN(Date.parse(String(event['time']))) || Number.isNaN(Date.parse(String(event['occurredat'])))) {
    throw new InvalidEvent('time is not an instant, or occurredat no instant or day');
  }
  return { ...event, sequence: BigInt(sequence) } as EventEnvelope;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidEvent('the value is not JSON');
  }
}

export const formatSequence = (sequence: bigint): string => sequence.toString().padStart(20, '0');
