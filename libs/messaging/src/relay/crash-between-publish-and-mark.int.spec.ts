import { eventually, logsUnderTest, openTestLog, startChild, type TestLog } from '@homeward/testing';
import { join } from 'node:path';
import { BATCH, commitBacklog, createOutbox, judge, TOPIC, type TestOutbox } from './outbox.fixture';
import { Relay } from './relay';

const EVENTS = 20_000;
const CRASHES = 4;

describe.each(logsUnderTest())('a crash between publish and mark repeats a batch and loses none, on %s', (kind) => {
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

  it('after SIGKILLs of the relay at random moments of a drain', async () => {
    await commitBacklog(outbox.pool, EVENTS);
    for (let crash = 1; crash <= CRASHES; crash += 1) {
      const relay = startChild(join(__dirname, 'relay.child.ts'), { worker: outbox.worker, log: test.config });
      const left = EVENTS * (1 - (crash - Math.random()) / (CRASHES + 1));
      await eventually(async () => (await outbox.unpublished()) <= left);
      await relay.kill();
    }
    expect(await outbox.unpublished()).toBeGreaterThan(0);
    const relay = new Relay({ connection: outbox.worker, log: test.log });
    relay.start();
    await eventually(async () => (await outbox.unpublished()) === 0);
    await relay.stop();
    const { lost, outOfOrder, repeats } = await judge(outbox.pool, test.log);
    expect({ lost, outOfOrder }).toEqual({ lost: [], outOfOrder: [] });
    expect(repeats).toBeLessThanOrEqual(CRASHES * BATCH);
  });
});
