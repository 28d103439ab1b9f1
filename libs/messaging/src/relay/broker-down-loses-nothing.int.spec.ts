import { eventually, logsUnderTest, startLogServer, type TestLogServer } from '@homeward/testing';
import type { EventLog, ReceivedRecord } from '../log/port';
import { openEventLog } from '../log/open-log';
import { commitOne, createOutbox, judge, TOPIC, type TestOutbox } from './outbox.fixture';
import { Relay } from './relay';
import { relayStatus } from './status';

describe.each(logsUnderTest())('a log that is down refuses no commit and loses nothing, on %s', (kind) => {
  let server: TestLogServer;
  let outbox: TestOutbox;
  let log: EventLog;
  let relay: Relay;
  beforeAll(async () => {
    [server, outbox] = await Promise.all([startLogServer(kind), createOutbox()]);
    log = openEventLog(server.config);
    await log.init([TOPIC]);
    relay = new Relay({ connection: outbox.worker, log });
    relay.start();
  });
  afterAll(async () => {
    await relay.stop();
    await log.close();
    await Promise.all([server.remove(), outbox.drop()]);
  });

  it('publishes what was committed meanwhile, in order, and readers go on', async () => {
    const read: ReceivedRecord[] = [];
    const onRecords = (records: ReceivedRecord[]) => Promise.resolve(void read.push(...records));
    const reader = await log.subscribe({ group: 'homeward.flow', topics: [TOPIC], onRecords });
    const commit = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i += 1) await commitOne(outbox.pool).then(() => relay.nudge());
    };
    await commit(100);
    await eventually(() => read.length >= 100);

    const outage = commit(100); // under way when the log dies
    await server.kill();
    await outage;
    await commit(100);
    await eventually(() => relay.snapshot().failure !== undefined);
    await expect(relayStatus(outbox.pool)).resolves.toMatchObject({ led: true });
    expect(await outbox.unpublished()).toBeGreaterThanOrEqual(100);
    await server.start();

    await eventually(async () => (await outbox.unpublished()) === 0, 30_000);
    await eventually(
      () => new Set(read.map(({ key, headers }) => `${key}/${headers['sequence']}`)).size === 300,
      30_000,
    );
    await eventually(async () => (await reader.lag()) === 0n);
    const { lost, outOfOrder } = await judge(outbox.pool, log);
    expect({ lost, outOfOrder }).toEqual({ lost: [], outOfOrder: [] });
  }, 90_000);
});
