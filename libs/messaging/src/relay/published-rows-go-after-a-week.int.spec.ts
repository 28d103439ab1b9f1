import { eventually, openTestLog, type TestLog } from '@homeward/testing';
import { commitBacklog, createOutbox, TOPIC, type TestOutbox } from './outbox.fixture';
import { Relay } from './relay';

describe('rows of the outbox', () => {
  let test: TestLog;
  let outbox: TestOutbox;
  let relay: Relay;
  beforeAll(async () => {
    test = await openTestLog('postgres', [TOPIC]);
    outbox = await createOutbox();
    relay = new Relay({ connection: outbox.worker, log: test.log });
  });
  afterAll(async () => {
    await relay.stop();
    await test.close();
    await outbox.drop();
  });

  it('are deleted seven days after they were published, and never before they are', async () => {
    await commitBacklog(outbox.pool, 30);
    await outbox.pool.query(
      `UPDATE outbox SET published_at = now() - CASE WHEN position <= 10 THEN interval '8 days' ELSE interval '6 days' END
        WHERE position <= 20`,
    );
    relay.start();
    await eventually(async () => {
      const { rows } = await outbox.pool.query('SELECT min(position)::int AS first, count(*)::int AS left FROM outbox');
      expect(rows).toEqual([{ first: 11, left: 20 }]);
    });
  });
});
