import { eventually, logsUnderTest, openTestLog, startChild, type TestChild, type TestLog } from '@homeward/testing';
import { join } from 'node:path';
import type { Said } from './consumer.child';
import type { ReceivedRecord } from './port';
import { numberOf, numbered, TOPIC } from './records.fixture';

const GROUP = 'homeward.flow';

describe.each(logsUnderTest())('a reader that dies in a batch leaves it to the next, on %s', (kind) => {
  let test: TestLog;
  let child: TestChild | undefined;
  beforeEach(async () => (test = await openTestLog(kind, [TOPIC])));
  afterEach(async () => {
    await child?.kill();
    await test.close();
  });

  const start = (batchMs: number): TestChild =>
    startChild(join(__dirname, 'consumer.child.ts'), { log: test.config, group: GROUP, batchMs });
  const numbers = (phase: Said['phase']): number[] =>
    ((child?.said ?? []) as Said[]).flatMap((said) => (said.phase === phase ? said.numbers : []));
  const takeOver = async (): Promise<{ taken: number[]; lag: () => Promise<bigint> }> => {
    const taken: number[] = [];
    const onRecords = (records: ReceivedRecord[]) => Promise.resolve(void taken.push(...records.map(numberOf)));
    const { lag } = await test
      .open()
      .subscribe({ group: GROUP, topics: [TOPIC], onRecords })
      .then(bound);
    return { taken, lag };
  };

  it('killed: what it had been given and not taken comes again', async () => {
    child = start(100);
    // Appended all the while: a reader that has caught up has nothing in its hands.
    let appended = 0;
    await eventually(async () => {
      await test.log.append(TOPIC, numbered(100, appended));
      appended += 100;
      return numbers('taken').length > 0 && numbers('given').length > numbers('taken').length;
    });
    await child.kill();
    const before = new Set(numbers('taken'));
    const given = numbers('given').filter((n) => !before.has(n));
    const { taken } = await takeOver();
    await eventually(() => new Set([...before, ...taken]).size === appended);
    expect(taken).toEqual(expect.arrayContaining(given));
  });

  it('frozen and taken for dead: it moves no position when it wakes', async () => {
    await test.log.append(TOPIC, numbered(64));
    child = start(1_000);
    await eventually(() => numbers('given').length > 0);
    child.signal('SIGSTOP');
    const { taken, lag } = await takeOver();
    await eventually(() => new Set([...numbers('taken'), ...taken]).size === 64);
    await eventually(async () => (await lag()) === 0n);
    await test.log.append(TOPIC, numbered(64, 64));
    child.signal('SIGCONT');
    await eventually(() => new Set([...numbers('taken'), ...taken]).size === 128);
    await eventually(async () => (await lag()) === 0n);
  });
});

const bound = <S extends { lag(): Promise<bigint> }>(subscription: S) => ({ lag: () => subscription.lag() });
