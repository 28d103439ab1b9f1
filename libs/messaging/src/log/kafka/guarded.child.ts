import { childInput, tell } from '@homeward/testing';
import { createKafkaLog } from './kafka-log';
import type { KafkaLogConfig } from './client';
import { numbered, numberOf, TOPIC } from '../records.fixture';

/** All that services and operators do with the log, once: what it could not do is said. */
async function main(): Promise<void> {
  const log = createKafkaLog(childInput<KafkaLogConfig>());
  await log.init([TOPIC]);
  await log.check([TOPIC]);
  await log.append(TOPIC, numbered(20));
  const read: number[] = [];
  await log.readAll(TOPIC, (records) => Promise.resolve(void read.push(...records.map(numberOf))));
  const followed: number[] = [];
  const subscription = await log.subscribe({
    group: 'homeward.flow',
    topics: [TOPIC],
    onRecords: (records) => Promise.resolve(void followed.push(...records.map(numberOf))),
  });
  while ((await subscription.lag()) > 0n) await new Promise((resolve) => setTimeout(resolve, 100));
  await log.close();
  tell({ read: read.length, followed: new Set(followed).size });
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    tell({ failed: `${error.name}: ${error.message}` });
    process.exit(1);
  },
);
