import {
  catalogue,
  dataSchemaOf,
  encode,
  partitionOf,
  relationshipsOf,
  sourceOf,
  topicOf,
  validateProduced,
  type EventContract,
  type EventEnvelope,
  type NewEvent,
  type RelationshipRow,
} from '@homeward/contracts';
import { formatMicros, uuidv7 } from '@homeward/kernel';
import type { CommandContext } from './context';

/** A locked stream: what the next event on it follows. */
export interface StreamHead {
  key: string;
  lastSequence: bigint;
  /** In microseconds; an event is never recorded before or with the one in front of it. */
  lastRecorded: bigint;
}

export interface OutboxRow {
  id: string;
  topic: string;
  partition: number;
  partitionkey: string;
  sequence: bigint;
  type: string;
  headers: string;
  payload: string;
}

export interface Appended {
  rows: OutboxRow[];
  heads: StreamHead[];
  relationships: RelationshipRow[];
}

/** Gives new events their id, sequence and time, and checks them: a bad event fails the command, not the relay. */
export function append(
  service: string,
  context: CommandContext,
  events: NewEvent[],
  heads: StreamHead[],
  nowMicros: bigint,
): Appended {
  const moved = new Map(heads.map((head) => [head.key, { ...head }]));
  const touched = new Set<StreamHead>();
  const rows: OutboxRow[] = [];
  const relationships: RelationshipRow[] = [];
  for (const event of events) {
    const head = moved.get(event.stream);
    if (!head) throw new Error(`${event.type} is published on a stream that the command did not lock`);
    head.lastSequence += 1n;
    head.lastRecorded = nowMicros > head.lastRecorded ? nowMicros : head.lastRecorded + 1n;
    touched.add(head);
    const envelope = envelopeOf(service, context, event, head);
    rows.push(outboxRow(service, envelope));
    relationships.push(...relationshipsOf(envelope));
  }
  return { rows, heads: [...touched], relationships };
}

function envelopeOf(service: string, context: CommandContext, event: NewEvent, head: StreamHead): EventEnvelope {
  const contract = contractOf(service, event);
  const errors = validateProduced(event.type, event.data);
  if (errors.length > 0) throw new Error(`${event.type} does not keep its schema: ${errors.join('; ')}`);
  return {
    id: event.id ?? uuidv7(),
    source: sourceOf(service),
    type: event.type,
    subject: event.subject,
    time: formatMicros(head.lastRecorded),
    occurredat: event.occurredAt,
    partitionkey: event.stream,
    sequence: head.lastSequence,
    dataschema: dataSchemaOf(contract),
    correlationid: context.correlationId,
    actorrole: context.role,
    personid: event.personId,
    causationid: context.causationId,
    traceparent: context.traceparent,
    corrects: event.corrects,
    data: event.data,
  };
}

/** The contract, when it is this service's own and the event stands on the stream that the contract names. */
function contractOf(service: string, event: NewEvent): EventContract {
  const contract = catalogue.get(event.type);
  if (!contract) throw new Error(`${event.type} is not in the catalogue`);
  if (!event.type.startsWith(`${topicOf(service)}.`)) throw new Error(`${event.type} is not published by ${service}`);
  const aboutItsPerson = contract.stream !== 'person' || event.stream === `person/${event.personId}`;
  if (!event.stream.startsWith(`${contract.stream}/`) || !aboutItsPerson) {
    throw new Error(`${event.type} stands on the stream of another ${contract.stream}`);
  }
  if (Number.isNaN(Date.parse(event.occurredAt))) throw new Error(`${event.type} did not occur at an instant`);
  return contract;
}

function outboxRow(service: string, envelope: EventEnvelope): OutboxRow {
  const { headers, value } = encode(envelope);
  return {
    id: envelope.id,
    topic: topicOf(service),
    partition: partitionOf(envelope.partitionkey),
    partitionkey: envelope.partitionkey,
    sequence: envelope.sequence,
    type: envelope.type,
    headers: JSON.stringify(headers),
    payload: value,
  };
}
