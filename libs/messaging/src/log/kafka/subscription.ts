import { PARTITIONS } from '@homeward/contracts';
import type { Admin, Kafka } from 'kafkajs';
import type { LogSubscription, SubscribeOptions } from '../port';
import { Backoff, Wait } from '../wait';
import { GroupConsumer } from './consumer';
import { topicEnds } from './patience';

const WATCH_MS = 10_000;
const STALLED_MS = 30_000;
const TROUBLE = { times: 3, within: 10 * 60_000 };

interface Behind {
  topic: string;
  partition: number;
  records: bigint;
}

const total = (places: Behind[]): bigint => places.reduce((sum, { records }) => sum + records, 0n);

/** A consumer under a watchdog: kafkajs is known to stop reading without a word. */
export class KafkaSubscription implements LogSubscription {
  private consumer: GroupConsumer | undefined;
  private readonly wait = new Wait();
  private readonly recreated: number[] = [];
  private crashed: Error | undefined;
  private laggingSince: number | undefined;
  private stopped = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly admin: () => Promise<Admin>,
    private readonly options: SubscribeOptions & { idleWaitMs: number },
    private readonly onTrouble: (error: Error) => void,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async lag(): Promise<bigint> {
    return total(await this.behind());
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wait.end();
    await this.running;
    await this.consumer?.stop().catch(this.onTrouble);
  }

  private async run(): Promise<void> {
    const backoff = new Backoff();
    while (!this.stopped) {
      try {
        if (!this.consumer) await this.create();
        await this.wait.pause(WATCH_MS);
        if (this.crashed) throw this.crashed;
        backoff.reset();
        const stall = await this.stall();
        if (stall && !this.stopped) await this.recreate(stall);
      } catch (error) {
        await this.discard(error as Error);
        await this.wait.pause(backoff.next());
      }
    }
  }

  private async create(): Promise<void> {
    this.crashed = undefined;
    this.laggingSince = undefined;
    const options = { ...this.options, partitions: this.options.topics.length * PARTITIONS };
    this.consumer = new GroupConsumer(this.kafka, options, this.onTrouble, (error) => {
      this.crashed = error;
      this.wait.end();
    });
    await this.consumer.start();
  }

  private async discard(reason: Error): Promise<void> {
    this.onTrouble(reason);
    const consumer = this.consumer;
    this.consumer = undefined;
    await consumer?.stop().catch(() => undefined);
  }

  /** There is something for us to read and nothing has been read for long, while the broker answers. */
  private async stall(): Promise<Error | undefined> {
    const { consumer } = this;
    if (!consumer || consumer.isBusy) return (this.laggingSince = undefined);
    const behind = await this.behind().catch(() => []);
    const lag = total(behind.filter((place) => consumer.reads(place)));
    if (lag === 0n) return (this.laggingSince = undefined);
    this.laggingSince ??= Date.now();
    if (Date.now() - Math.max(this.laggingSince, consumer.lastBatch) < STALLED_MS) return undefined;
    return new Error(`${this.options.group} lags by ${lag} and read nothing for 30 s`);
  }

  /** How far each partition's position is behind its end, whoever reads it. */
  private async behind(): Promise<Behind[]> {
    const admin = await this.admin();
    const { group: groupId, topics } = this.options;
    const reached = await admin.fetchOffsets({ groupId, topics });
    const perTopic = topics.map(async (topic) => {
      const own = reached.find((one) => one.topic === topic)?.partitions ?? [];
      const positions = new Map(own.map(({ partition, offset }) => [partition, BigInt(offset)]));
      return (await topicEnds(admin, topic)).map(({ partition, high, low }) => {
        const position = positions.get(partition) ?? -1n; // -1: nothing was committed yet
        return { topic, partition, records: BigInt(high) - (position < 0n ? BigInt(low) : position) };
      });
    });
    return (await Promise.all(perTopic)).flat();
  }

  private async recreate(reason: Error): Promise<void> {
    const now = Date.now();
    this.recreated.push(now);
    if (this.recreated.filter((at) => at > now - TROUBLE.within).length >= TROUBLE.times) {
      this.stopped = true;
      await this.discard(reason);
      this.options.onLost?.(reason);
      return;
    }
    await this.discard(reason);
  }
}
