import { eventually, logsUnderTest, openTestLog, startChild, type TestLog } from '@homeward/testing';
import { join } from 'node:path';
import { BATCH, createOutbox, judge, TOPIC, type TestOutbox } from './outbox.fixture';
import { Relay } from './relay';

const CRASHES = 3;

describe.each(logsUnderTest())('a crash between commit and publish loses nothing, on %s', (kind) => {
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

  it('after SIGKILLs of a service that commits and relays', async () => {
    const input = { worker: outbox.worker, log: test.config, commits: true };
    let waiting = 0;
    for (let crash = 0; crash < CRASHES; crash += 1) {
      const service = startChild(join(__dirname, 'relay.child.ts'), input);
      const enough = 20 + Math.random() * 200;
      await eventually(() => service.said.some((said) => ((said as { published?: number }).published ?? 0) > enough));
      await eventually(async () => (await outbox.unpublished()) > 0);
      await service.kill();
      waiting += await outbox.unpublished();
    }
    expect(waiting).toBeGreaterThan(0);
    const relay = new Relay({ connection: outbox.worker, log: test.log });
    relay.start();
    await eventually(async () => (await outbox.unpublished()) === 0);
    await relay.stop();
    const { lost, outOfOrder, repeats } = await judge(outbox.pool, test.log);
    expect({ lost, outOfOrder }).toEqual({ lost: [], outOfOrder: [] });
    expect(repeats).toBeLessThanOrEqual(CRASHES * BATCH);
  });
});
