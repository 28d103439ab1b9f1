import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import { commitOne, commitWhile, createOutbox, judge, TOPIC, type TestOutbox } from './outbox.fixture';
import { Relay } from './relay';
import { relayStatus } from './status';

describe.each(logsUnderTest())('the relay takes its lock again when its connection breaks, on %s', (kind) => {
  let test: TestLog;
  let outbox: TestOutbox;
  beforeAll(async () => {
    test = await openTestLog(kind, [TOPIC]);
    outbox = await createOutbox();
  });
  afterAll(async () => {
    await test.close();
    await outbox.drop();
  });

  it('and publishes everything in order', async () => {
    const relay = new Relay({ connection: { ...outbox.worker, application_name: 'relay' }, log: test.log });
    relay.start();
    let going = true;
    const writing = commitWhile(outbox.pool, () => going);
    for (let times = 1; times <= 3; times += 1) {
      await eventually(() => relay.snapshot().leading && relay.snapshot().published > times * 200);
      await outbox.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'relay' AND datname = current_database()`,
      );
    }
    going = false;
    await writing;
    await eventually(async () => (await outbox.unpublished()) === 0);
    await expect(relayStatus(outbox.pool)).resolves.toEqual({ unpublished: 0, oldestSeconds: 0, led: true });
    await relay.stop();
    await expect(relayStatus(outbox.pool)).resolves.toMatchObject({ led: false });
    const { lost, outOfOrder } = await judge(outbox.pool, test.log);
    expect({ lost, outOfOrder }).toEqual({ lost: [], outOfOrder: [] });
  });

  it('and sends nothing while it does not lead', async () => {
    const [first, second] = [0, 1].map(() => new Relay({ connection: outbox.worker, log: test.log }));
    first?.start();
    await eventually(() => first?.snapshot().leading ?? false);
    second?.start();
    for (let i = 0; i < 20; i += 1) await commitOne(outbox.pool).then(() => second?.nudge());
    await eventually(async () => (await outbox.unpublished()) === 0);
    expect(second?.snapshot()).toEqual({ leading: false, published: 0, failure: undefined });
    await Promise.all([first?.stop(), second?.stop()]);
  });
});
