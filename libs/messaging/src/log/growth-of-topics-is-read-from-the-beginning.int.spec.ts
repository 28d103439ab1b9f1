import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import type { LogSubscription, ReceivedRecord } from './port';
import { firstOccurrences, inOrder, numbered, sorted, TOPIC } from './records.fixture';

const LATER = 'homeward.referrals';

describe.each(logsUnderTest())('a topic that a group takes up later is read from its beginning, on %s', (kind) => {
  let test: TestLog;
  const read: ReceivedRecord[] = [];
  beforeAll(async () => (test = await openTestLog(kind, [TOPIC])));
  afterAll(() => test.close());

  const follow = (topics: string[]): Promise<LogSubscription> =>
    test.open().subscribe({
      group: 'homeward.flow',
      topics,
      onRecords: (records) => Promise.resolve(void read.push(...records)),
    });

  it('also what it held before anybody followed it', async () => {
    await test.log.append(TOPIC, numbered(100));
    const before = await follow([TOPIC]);
    await eventually(() => read.length === 100);
    await before.stop();

    await test.log.init([LATER]);
    await test.log.append(LATER, numbered(100));
    await test.log.append(TOPIC, numbered(100, 100));
    const after = await follow([TOPIC, LATER]);
    await eventually(async () => (await after.lag()) === 0n);
    await after.stop();
    const of = (topic: string) => sorted(firstOccurrences(read.filter((record) => record.topic === topic)));
    expect(of(LATER)).toEqual(inOrder(100));
    expect(of(TOPIC)).toEqual(inOrder(200));
  });

  it('also a partition that gets its first record after the group has long been there', async () => {
    const topic = 'homeward.flow';
    await test.log.init([topic]);
    const first = await follow([topic]);
    await test.log.append(topic, numbered(4, 0, 4));
    await eventually(async () => (await first.lag()) === 0n);
    await first.stop();
    await test.log.append(topic, numbered(16));
    const second = await follow([topic]);
    await eventually(async () => (await second.lag()) === 0n);
    expect(read.filter((record) => record.topic === topic)).toHaveLength(20);
  });
});
