import type { Kafka, Message, Producer } from 'kafkajs';
import { RefusedForGood, type LogRecord } from '../port';
import { RETRY } from './client';

const FOR_GOOD = [
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TOPIC_EXCEPTION',
  'INVALID_RECORD',
  'UNKNOWN_TOPIC_OR_PARTITION',
];

/** Sends one batch at a time. After a failure the producer is made anew: its sequence numbers no longer hold. */
export class Appender {
  private producer: Promise<Producer> | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly kafka: Kafka) {}

  append(topic: string, records: LogRecord[]): Promise<void> {
    const sent = this.last.then(() => this.send(topic, records));
    this.last = sent.catch(() => undefined);
    return sent;
  }

  async close(): Promise<void> {
    await this.last;
    await this.discard();
  }

  private async send(topic: string, records: LogRecord[]): Promise<void> {
    if (records.length === 0) return;
    try {
      this.producer ??= this.connect();
      const producer = await this.producer;
      await producer.send({ topic, acks: -1, messages: records.map(asMessage) });
    } catch (error) {
      await this.discard();
      throw typeOf(error) ? new RefusedForGood(`the broker refuses it: ${typeOf(error)}`) : error;
    }
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: RETRY,
    });
    await producer.connect();
    return producer;
  }

  private async discard(): Promise<void> {
    const producer = await this.producer?.catch(() => undefined);
    this.producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }
}

const asMessage = ({ partition, key, headers, value }: LogRecord): Message => ({ partition, key, headers, value });

/** The protocol error behind what kafkajs throws, if it is one that will not pass. */
function typeOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('type' in at && typeof at.type === 'string' && FOR_GOOD.includes(at.type)) return at.type;
  }
  return undefined;
}
