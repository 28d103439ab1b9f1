import { PARTITIONS } from '@homeward/contracts';
import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import { RefusedForGood, type ReceivedRecord } from './port';
import { firstOccurrences, inOrder, numbered, sorted, TOPIC } from './records.fixture';

describe.each(logsUnderTest())('each partition is in order and without a gap, on %s', (kind) => {
  let test: TestLog;
  beforeEach(async () => (test = await openTestLog(kind, [TOPIC])));
  afterEach(() => test.close());

  const everything = async (): Promise<ReceivedRecord[]> => {
    const records: ReceivedRecord[] = [];
    await test.log.readAll(TOPIC, (batch) => Promise.resolve(void records.push(...batch)));
    return records;
  };

  it('gives back what was appended, with key, headers and value', async () => {
    const record = {
      partition: 3,
      key: 'person/é',
      headers: { ce_type: 'a', traceparent: '00-1' },
      value: '{"ü":"\\u0000"}',
    };
    await test.log.append(TOPIC, [record]);
    expect(await everything()).toEqual([{ ...record, topic: TOPIC, offset: 0n }]);
  });

  it('numbers each partition from 0 without a gap while several append at once', async () => {
    const writers = [test.log, test.open(), test.open()];
    await Promise.all(
      writers.map(async (writer, w) => {
        for (let i = 0; i < 20; i += 1) await writer.append(TOPIC, numbered(40, (w * 20 + i) * 40).reverse());
      }),
    );
    const offsets = new Map<number, bigint[]>();
    for (const { partition, offset } of await everything()) {
      offsets.set(partition, [...(offsets.get(partition) ?? []), offset]);
    }
    expect(offsets.size).toBe(PARTITIONS);
    for (const own of offsets.values()) expect(own).toEqual(own.map((_, i) => BigInt(i)));
    expect([...offsets.values()].flat()).toHaveLength(3 * 20 * 40);
  });

  it('never shows a reader a later record before an earlier one', async () => {
    const seen: ReceivedRecord[] = [];
    await test.open().subscribe({
      group: 'homeward.flow',
      topics: [TOPIC],
      onRecords: (records) => Promise.resolve(void seen.push(...records)),
    });
    for (let i = 0; i < 50; i += 1) await test.log.append(TOPIC, numbered(20, i * 20));
    await eventually(() => seen.length >= 1_000);
    expect(sorted(firstOccurrences(seen))).toEqual(inOrder(1_000));
  });

  it('keeps a record that is appended twice twice: whoever reads tells them apart', async () => {
    await test.log.append(TOPIC, numbered(1));
    await test.log.append(TOPIC, numbered(1));
    expect((await everything()).map(({ offset }) => offset)).toEqual([0n, 1n]);
  });

  it('refuses a topic that nobody made, for good', async () => {
    await expect(test.log.append('homeward.nobody', numbered(1))).rejects.toThrow(RefusedForGood);
  });

  it('checks that topics are there with their 16 partitions, and makes what is missing', async () => {
    await test.log.check([TOPIC]);
    await expect(test.log.check([TOPIC, 'homeward.flow'])).rejects.toThrow('homeward.flow has 0 partitions');
    await test.log.init([TOPIC, 'homeward.flow']);
    await test.log.check([TOPIC, 'homeward.flow']);
  });
});
