import { eventually, logsUnderTest, openTestLog, startChild, type TestChild, type TestLog } from '@homeward/testing';
import { join } from 'node:path';
import { BATCH, commitWhile, createOutbox, judge, TOPIC, type TestOutbox } from './outbox.fixture';
import type { RelaySnapshot } from './relay';

describe.each(logsUnderTest())('two relays of a service keep its order, on %s', (kind) => {
  let test: TestLog;
  let outbox: TestOutbox;
  let relays: TestChild[] = [];
  beforeEach(async () => {
    test = await openTestLog(kind, [TOPIC]);
    outbox = await createOutbox();
    relays = [0, 1].map(() =>
      startChild(join(__dirname, 'relay.child.ts'), { worker: outbox.worker, log: test.config }),
    );
  });
  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.kill()));
    await test.close();
    await outbox.drop();
  });

  const snapshot = (relay: TestChild | undefined): RelaySnapshot => {
    const last = relay?.said.at(-1);
    if (typeof last !== 'object') throw new Error('it has not said anything');
    return last as RelaySnapshot;
  };
  const leaders = (): TestChild[] => relays.filter((relay) => snapshot(relay).leading);

  /** Commits events from several writers while `meanwhile` runs, and waits until all are published. */
  const busy = async (meanwhile: () => Promise<void>): Promise<void> => {
    let going = true;
    const writing = commitWhile(outbox.pool, () => going);
    await meanwhile();
    going = false;
    await writing;
    await eventually(async () => (await outbox.unpublished()) === 0);
  };

  it('one of them sends and nothing is sent twice', async () => {
    await eventually(() => leaders().length > 0);
    await busy(() =>
      eventually(() => relays.reduce((sum, relay) => sum + snapshot(relay).published, 0) > 1_000).then(),
    );
    expect(leaders()).toHaveLength(1);
    expect(await judge(outbox.pool, test.log)).toEqual({ lost: [], outOfOrder: [], repeats: 0 });
  });

  it('the other one goes on when the first is killed', async () => {
    await eventually(() => leaders().length > 0);
    const [first] = leaders();
    const second = relays.find((relay) => relay !== first);
    await busy(async () => {
      await eventually(() => snapshot(first).published > 300);
      await first?.kill();
      await eventually(() => snapshot(second).published > 300);
    });
    const { lost, outOfOrder, repeats } = await judge(outbox.pool, test.log);
    expect({ lost, outOfOrder }).toEqual({ lost: [], outOfOrder: [] });
    expect(repeats).toBeLessThanOrEqual(BATCH);
  });
});
