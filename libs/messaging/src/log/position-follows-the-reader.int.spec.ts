import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import type { LogSubscription, ReceivedRecord } from './port';
import { firstOccurrences, inOrder, numberOf, numbered, sorted, TOPIC } from './records.fixture';

const GROUP = 'homeward.flow';

describe.each(logsUnderTest())('the position moves when the reader is done, never before, on %s', (kind) => {
  let test: TestLog;
  beforeEach(async () => (test = await openTestLog(kind, [TOPIC])));
  afterEach(() => test.close());

  const read = (onRecords: (records: ReceivedRecord[]) => Promise<void>, topics = [TOPIC]): Promise<LogSubscription> =>
    test.open().subscribe({ group: GROUP, topics, onRecords });

  it('begins at the beginning, and after a stop where it stopped', async () => {
    await test.log.append(TOPIC, numbered(100));
    const first: ReceivedRecord[] = [];
    const subscription = await read((records) => Promise.resolve(void first.push(...records)));
    await eventually(() => first.length >= 100);
    await subscription.stop();
    await test.log.append(TOPIC, numbered(100, 100));
    const second: ReceivedRecord[] = [];
    const again = await read((records) => Promise.resolve(void second.push(...records)));
    await eventually(async () => (await again.lag()) === 0n);
    expect(sorted(firstOccurrences([...first, ...second]))).toEqual(inOrder(200));
    expect(second.map(numberOf).every((n) => n >= 100)).toBe(true);
  });

  it('stays while the reader has not resolved', async () => {
    await test.log.append(TOPIC, numbered(16));
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let given = 0;
    const subscription = await read((records) => {
      given += records.length;
      return held;
    });
    try {
      await eventually(() => given >= 1);
      await expect(subscription.lag()).resolves.toBe(16n);
    } finally {
      release();
    }
    await eventually(async () => (await subscription.lag()) === 0n);
  });

  it('gives the same records again when the reader rejects, and loses none', async () => {
    const taken: ReceivedRecord[] = [];
    const refused = new Set<number>();
    await read((records) => {
      const first = records[0] && !refused.has(numberOf(records[0]));
      for (const record of records) refused.add(numberOf(record));
      if (first) return Promise.reject(new Error('the database is away'));
      taken.push(...records);
      return Promise.resolve();
    });
    await test.log.append(TOPIC, numbered(64));
    await eventually(() => new Set(taken.map(numberOf)).size === 64);
    expect(sorted(firstOccurrences(taken))).toEqual(inOrder(64));
  });
});
