import { eventually, logsUnderTest, startChild, type TestChild } from '@homeward/testing';
import { join } from 'node:path';
import { createAudit, type TestAudit } from './audit.fixture';

const KILLS = 5;
const ROWS = 5_000;

describe.each(logsUnderTest())('a sealer that is killed is followed, and each row is sealed once, on %s', (kind) => {
  let audit: TestAudit;
  let sealers: TestChild[] = [];
  beforeAll(async () => {
    audit = await createAudit(kind);
  });
  afterAll(async () => {
    await Promise.all(sealers.map((sealer) => sealer.kill()));
    await audit.drop();
  });

  const start = (): TestChild =>
    startChild(join(__dirname, 'sealer.child.ts'), {
      worker: audit.worker,
      log: audit.log.config,
      keyFile: audit.keyFile,
    });

  it('also when it dies in the middle of what it seals', async () => {
    sealers = [start(), start()];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await audit.record(ROWS);
      const left = Math.random() * ROWS * 0.9;
      await eventually(async () => (await audit.unsealed()) <= left);
      await Promise.all(sealers.map((sealer) => sealer.kill()));
      sealers = [start(), start()];
    }
    await eventually(async () => (await audit.unsealed()) === 0, 40_000);
    await eventually(async () => (await audit.verify()).signed === BigInt(KILLS * ROWS), 40_000);
    const { findings, seals } = await audit.verify();
    expect(findings).toEqual([]);
    expect(seals).toBe(KILLS * ROWS);
  }, 180_000);

  it('and there is one at a time', async () => {
    const [{ locks } = { locks: -1 }] = await audit.all<{ locks: number }>(
      `SELECT count(*)::int AS locks FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted
          AND l.objsubid = 1 AND (l.classid::bigint << 32 | l.objid::bigint) = hashtext('homeward.sealer')::bigint`,
    );
    expect(locks).toBe(1);
  });
});
