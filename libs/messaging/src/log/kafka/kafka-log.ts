import { PARTITIONS } from '@homeward/contracts';
import type { Admin, Kafka } from 'kafkajs';
import type { EventLog, LogRecord, LogSubscription, ReceivedRecord, SubscribeOptions } from '../port';
import { Appender } from './append';
import { kafkaClient, type KafkaLogOptions } from './client';
import { patiently } from './patience';
import { readAll } from './read-all';
import { KafkaSubscription } from './subscription';

/** The event log on Apache Kafka. Nothing outside this folder knows kafkajs. */
export const createKafkaLog = (options: KafkaLogOptions): EventLog => new KafkaLog(options);

class KafkaLog implements EventLog {
  private readonly kafka: Kafka;
  private readonly appender: Appender;
  private readonly subscriptions = new Set<LogSubscription>();
  private connectedAdmin: Promise<Admin> | undefined;

  constructor(private readonly options: KafkaLogOptions) {
    this.kafka = kafkaClient(options);
    this.appender = new Appender(this.kafka);
  }

  async init(topics: string[]): Promise<void> {
    const admin = await this.admin();
    const existing = new Set(await admin.listTopics());
    const missing = topics.map((topic) => this.named(topic)).filter((topic) => !existing.has(topic));
    const configEntries = [
      { name: 'retention.ms', value: '-1' },
      { name: 'retention.bytes', value: '-1' },
    ];
    const settings = { numPartitions: PARTITIONS, configEntries };
    if (missing.length === 0) return;
    await admin.createTopics({ waitForLeaders: false, topics: missing.map((topic) => ({ topic, ...settings })) });
    await patiently(() => admin.fetchTopicMetadata({ topics: missing }));
  }

  async check(topics: string[]): Promise<void> {
    const admin = await this.admin();
    const existing = new Set(await admin.listTopics());
    const present = topics.map((topic) => this.named(topic)).filter((topic) => existing.has(topic));
    const { topics: found } = present.length > 0 ? await admin.fetchTopicMetadata({ topics: present }) : { topics: [] };
    for (const topic of topics) {
      const count = found.find(({ name }) => name === this.named(topic))?.partitions.length ?? 0;
      if (count !== PARTITIONS) throw new Error(`${topic} has ${count} partitions in the event log, not ${PARTITIONS}`);
    }
  }

  append(topic: string, records: LogRecord[]): Promise<void> {
    return this.appender.append(this.named(topic), records);
  }

  subscribe(options: SubscribeOptions): Promise<LogSubscription> {
    const named = {
      ...options,
      idleWaitMs: this.options.idleWaitMs ?? 5_000,
      group: this.named(options.group),
      topics: options.topics.map((topic) => this.named(topic)),
      onRecords: (records: ReceivedRecord[], heartbeat: () => Promise<void>) =>
        options.onRecords(this.unnamed(records), heartbeat),
    };
    const trouble = this.options.onTrouble ?? (() => undefined);
    const subscription = new KafkaSubscription(this.kafka, () => this.admin(), named, trouble);
    this.subscriptions.add(subscription);
    subscription.start();
    return Promise.resolve(subscription);
  }

  async readAll(topic: string, onRecords: (records: ReceivedRecord[]) => Promise<void>): Promise<void> {
    await readAll(this.kafka, await this.admin(), this.named(topic), (records) => onRecords(this.unnamed(records)));
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    await this.appender.close();
    const admin = await this.connectedAdmin?.catch(() => undefined);
    await admin?.disconnect();
  }

  /** Connected when first needed, and again after a failure to. */
  private admin(): Promise<Admin> {
    this.connectedAdmin ??= this.connectAdmin().catch((error: Error) => {
      this.connectedAdmin = undefined;
      throw error;
    });
    return this.connectedAdmin;
  }

  private async connectAdmin(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }

  private named(name: string): string {
    return (this.options.prefix ?? '') + name;
  }

  private unnamed(records: ReceivedRecord[]): ReceivedRecord[] {
    const { length } = this.options.prefix ?? '';
    return length === 0 ? records : records.map((record) => ({ ...record, topic: record.topic.slice(length) }));
  }
}
