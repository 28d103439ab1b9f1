import { uuidv7 } from '@homeward/kernel';
import type { Admin, Kafka } from 'kafkajs';
import type { ReceivedRecord } from '../port';
import { RETRY } from './client';
import { asReceived } from './consumer';
import { topicEnds } from './patience';

const CRASHES = 10;

/** kafkajs reads in groups only: a throwaway one, deleted afterwards. */
export async function readAll(
  kafka: Kafka,
  admin: Admin,
  topic: string,
  onRecords: (records: ReceivedRecord[]) => Promise<void>,
): Promise<void> {
  const ends = await topicEnds(admin, topic);
  const left = new Map(ends.filter(({ high, low }) => high !== low).map((end) => [end.partition, BigInt(end.high)]));
  if (left.size === 0) return;
  const groupId = `read-all.${uuidv7()}`;
  const consumer = kafka.consumer({ groupId, retry: RETRY, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      let crashes = 0; // it restarts by itself, as on a broker that is still loading
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        crashes += 1;
        if (!payload.restart || crashes >= CRASHES) reject(payload.error);
      });
      const eachBatch = async ({ batch }: { batch: Parameters<typeof asReceived>[0] }): Promise<void> => {
        const end = left.get(batch.partition);
        if (end === undefined) return;
        const records = batch.messages.map((message) => asReceived(batch, message));
        await onRecords(records.filter(({ offset }) => offset < end));
        if (BigInt(batch.lastOffset()) + 1n >= end) left.delete(batch.partition);
        if (left.size === 0) resolve();
      };
      consumer.run({ autoCommit: false, eachBatch: (payload) => eachBatch(payload).catch(reject) }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => undefined); // one that wrote nothing vanishes by itself
  }
}
