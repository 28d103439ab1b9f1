import type { Batch, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { ReceivedRecord, SubscribeOptions } from '../port';
import { Backoff } from '../wait';
import { RETRY } from './client';
import { Outstanding, type Commit, type Delivered } from './outstanding';

const HEARTBEAT_MS = 1_000;
/** Records that may be with the reader; nothing more is read until there are fewer. */
const OUT_AT_MOST = 5_000;

/** One kafkajs consumer, from its start until it is stopped or gives up. */
export class GroupConsumer {
  private readonly consumer: Consumer;
  private stopping = false;
  private assigned: Record<string, number[]> = {};
  /** When a batch was last taken or the consumer started; the watchdog's measure. */
  lastBatch = Date.now();
  /** What `onRecords` has now. kafkajs reads on meanwhile: it would hold every partition for the slowest. */
  private outstanding = new Outstanding();
  private readonly running = new Set<Promise<void>>();

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
      this.outstanding.forget(); // all is read again from the positions, here or by another member
      this.outstanding = new Outstanding();
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

  /** Records are with `onRecords` now: slow is not stuck. */
  get isBusy(): boolean {
    return this.running.size > 0;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
    await this.consumer.disconnect();
  }

  private async eachBatch({ batch, resolveOffset, heartbeat, ...payload }: EachBatchPayload): Promise<void> {
    if (this.stopping || !payload.isRunning()) return;
    const { outstanding } = this;
    const records = batch.messages.map((message) => asReceived(batch, message));
    const delivered = outstanding.add(batch, records.length, BigInt(batch.lastOffset()) + 1n);
    resolveOffset(batch.lastOffset());
    const taking = this.take(outstanding, delivered, records, payload.commitOffsetsIfNecessary, heartbeat).finally(
      () => {
        this.running.delete(taking);
        this.lastBatch = Date.now();
      },
    );
    this.running.add(taking);
    while (outstanding.records > OUT_AT_MOST && !this.stopping) {
      await outstanding.fewer();
      await heartbeat();
    }
  }

  /** Gives the records again when they are rejected, for as long as the partitions are ours; then moves the position. */
  private async take(
    outstanding: Outstanding,
    delivered: Delivered,
    records: ReceivedRecord[],
    commit: Commit,
    heartbeat: () => Promise<void>,
  ): Promise<void> {
    const backoff = new Backoff();
    const goesOn = (): boolean => !this.stopping && !outstanding.forgotten;
    while (!delivered.taken) {
      try {
        await beating(heartbeat, () => this.options.onRecords(records, heartbeat));
        outstanding.taken(delivered);
      } catch (error) {
        if (!(await this.again(error, goesOn, backoff))) return;
      }
    }
    while (outstanding.isBehind(delivered)) {
      try {
        await outstanding.move(commit);
      } catch (error) {
        if (!(await this.again(error, goesOn, backoff))) return;
      }
    }
  }

  private async again(error: unknown, goesOn: () => boolean, backoff: Backoff): Promise<boolean> {
    this.onTrouble(error as Error);
    await new Promise((resolve) => setTimeout(resolve, Math.min(backoff.next(), HEARTBEAT_MS)));
    return goesOn();
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
