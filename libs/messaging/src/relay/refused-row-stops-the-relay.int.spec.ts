import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import { commitBacklog, createOutbox, judge, TOPIC, type TestOutbox } from './outbox.fixture';
import { Relay } from './relay';
import { relayStatus } from './status';

describe.each(logsUnderTest())('a row that the log refuses for good stops the relay before it, on %s', (kind) => {
  let test: TestLog;
  let outbox: TestOutbox;
  let relay: Relay;
  beforeAll(async () => {
    test = await openTestLog(kind, [TOPIC]);
    outbox = await createOutbox();
    relay = new Relay({ connection: outbox.worker, log: test.log });
  });
  afterAll(async () => {
    await relay.stop();
    await test.close();
    await outbox.drop();
  });

  it('says which, skips nothing, and goes on when the cause is gone', async () => {
    await commitBacklog(outbox.pool, 100);
    const { rows } = await outbox.pool.query<{ id: string; position: string }>(
      `UPDATE outbox SET topic = 'homeward.nobody' WHERE position = 51 RETURNING id, position`,
    );
    relay.start();
    await eventually(async () => (await relayStatus(outbox.pool)).refused !== undefined);
    const status = await relayStatus(outbox.pool);
    expect(status.refused).toMatchObject({ position: rows[0]?.position, eventId: rows[0]?.id, type: 't' });
    expect(status.unpublished).toBeGreaterThanOrEqual(50);
    expect(status.oldestSeconds).toBeGreaterThan(0);

    await test.log.init(['homeward.nobody']);
    await eventually(async () => (await outbox.unpublished()) === 0);
    await eventually(async () => (await relayStatus(outbox.pool)).refused === undefined);
    expect((await judge(outbox.pool, test.log)).lost).toHaveLength(1); // lies in the other topic
  });
});
