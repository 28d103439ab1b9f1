import type { Batch, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { ReceivedRecord, SubscribeOptions } from '../port';
import { Backoff } from '../wait';
import { RETRY } from './client';

const HEARTBEAT_MS = 1_000;

/** One kafkajs consumer, from its start until it is stopped or gives up. */
export class GroupConsumer {
  private readonly consumer: Consumer;
  private stopping = false;
  private assigned: Record<string, number[]> = {};
  /** When a batch was last taken or the consumer started; the watchdog's measure. */
  lastBatch = Date.now();
  /** Records are with `onRecords` now: slow is not stuck. */
  busy = 0;

  constructor(
    kafka: Kafka,
    private readonly options: SubscribeOptions & { partitions: number; idleWaitMs: number },
    private readonly onTrouble: (error: Error) => void,
    onCrash: (error: Error) => void,
  ) {
    this.consumer = kafka.consumer({
      groupId: options.group,
      sessionTimeout: 6_000,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: 6_000,
      maxWaitTimeInMs: options.idleWaitMs, // with one byte as the least: the broker answers at once, and idle readers cost nothing
      minBytes: 1,
      allowAutoTopicCreation: false,
      retry: { ...RETRY, restartOnFailure: () => Promise.resolve(true) },
    });
    this.consumer.on(this.consumer.events.GROUP_JOIN, ({ payload }) => {
      this.assigned = payload.memberAssignment;
    });
    this.consumer.on(this.consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart && !this.stopping) onCrash(payload.error);
    });
  }

  async start(): Promise<void> {
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: this.options.topics, fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.options.partitions,
      eachBatch: (payload) => this.eachBatch(payload),
    });
    this.lastBatch = Date.now();
  }

  /** Whether the group gave the partition to this member. */
  reads({ topic, partition }: { topic: string; partition: number }): boolean {
    return this.assigned[topic]?.includes(partition) ?? false;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.consumer.disconnect();
  }

  private async eachBatch({ batch, resolveOffset, heartbeat, ...payload }: EachBatchPayload): Promise<void> {
    if (this.stopping || !payload.isRunning()) return;
    this.busy += 1;
    try {
      const taken = await this.untilTaken(batch, heartbeat);
      if (!taken) return;
      const { topic, partition } = batch;
      const offset = String(BigInt(batch.lastOffset()) + 1n);
      // Not the consumer's own commitOffsets: once it is told to stop, that one does nothing and says nothing.
      await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
      resolveOffset(batch.lastOffset());
    } finally {
      this.busy -= 1;
      this.lastBatch = Date.now();
    }
  }

  /** A rejection brings the same records again, for as long as the partition is ours. False: we are stopping. */
  private async untilTaken(batch: Batch, heartbeat: () => Promise<void>): Promise<boolean> {
    const records = batch.messages.map((message) => asReceived(batch, message));
    const backoff = new Backoff();
    while (!this.stopping) {
      try {
        await beating(heartbeat, () => this.options.onRecords(records, heartbeat));
        return true;
      } catch (error) {
        this.onTrouble(error as Error);
        await heartbeat(); // throws when the group shares out anew: whoever reads then gets them again
        await new Promise((resolve) => setTimeout(resolve, Math.min(backoff.next(), HEARTBEAT_MS)));
      }
    }
    return false;
  }
}

/** Keeps the membership while `work` runs. Losing it shows at the next heartbeat; the work is let finish either way. */
async function beating(heartbeat: () => Promise<void>, work: () => Promise<void>): Promise<void> {
  const beat = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(beat);
  }
}

export function asReceived({ topic, partition }: Batch, message: Batch['messages'][number]): ReceivedRecord {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers ?? {})) headers[name] = String(value);
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    key: message.key?.toString() ?? '',
    headers,
    value: message.value?.toString() ?? '',
  };
}
