import { PARTITIONS } from '@homeward/contracts';
import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import type { LogSubscription, ReceivedRecord } from './port';
import { firstOccurrences, inOrder, numbered, sorted, TOPIC } from './records.fixture';

describe.each(logsUnderTest())('members come and go in the middle, and nothing is lost or overtaken, on %s', (kind) => {
  let test: TestLog;
  beforeEach(async () => (test = await openTestLog(kind, [TOPIC])));
  afterEach(() => test.close());

  it('one, two, three, two members share the partitions', async () => {
    const all: ReceivedRecord[] = [];
    const join = async (): Promise<LogSubscription & { partitions(): number }> => {
      const own: ReceivedRecord[] = [];
      let asked = 0;
      const onRecords = async (records: ReceivedRecord[]): Promise<void> => {
        await new Promise((resolve) => setImmediate(resolve));
        all.push(...records);
        own.push(...records);
      };
      const subscription = await test.open().subscribe({ group: 'homeward.flow', topics: [TOPIC], onRecords });
      /** Different ones given since last asked. */
      const partitions = (): number => {
        const count = new Set(own.slice(asked).map(({ partition }) => partition)).size;
        asked = own.length;
        return count;
      };
      return { lag: () => subscription.lag(), stop: () => subscription.stop(), partitions };
    };

    let count = 0;
    let going = true;
    const appending = (async () => {
      for (; going; count += PARTITIONS * 2) await test.log.append(TOPIC, numbered(PARTITIONS * 2, count));
    })();
    const members = [await join()];
    const shares = async (expected: number[]): Promise<void> => {
      await eventually(() => {
        expect(members.map((member) => member.partitions()).sort()).toEqual(expected);
      });
    };
    await shares([16]);
    members.push(await join());
    await shares([8, 8]);
    members.push(await join());
    await shares([5, 5, 6]);
    await members.shift()?.stop();
    await shares([8, 8]);
    going = false;
    await appending;
    await eventually(async () => (await members[0]?.lag()) === 0n);
    expect(sorted(firstOccurrences(all))).toEqual(inOrder(count));
  });
});
