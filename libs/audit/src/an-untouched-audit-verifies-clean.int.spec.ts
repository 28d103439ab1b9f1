import { eventually } from '@homeward/testing';
import { Pool } from 'pg';
import { createAudit, SERVICE, type TestAudit } from './audit.fixture';
import { readSigningKey } from './heads/signing-key';
import { Sealer } from './sealer/sealer';

const VERIFICATIONS = 100;

describe('an audit that nobody touched verifies clean', () => {
  let audit: TestAudit;
  let requests: Pool;
  let sealer: Sealer;
  beforeAll(async () => {
    audit = await createAudit();
    requests = new Pool({ ...audit.worker, max: 6 });
    const key = readSigningKey(audit.keyFile);
    sealer = new Sealer({ service: SERVICE, connection: audit.worker, log: audit.log.log, key, signEveryMs: 0 });
    sealer.start();
  });
  afterAll(async () => {
    await sealer.stop();
    await requests.end();
    await audit.drop();
  });

  /** Some rows commit seconds after others that were recorded later. */
  const request = async (): Promise<void> => {
    const client = await requests.connect();
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO audit (organisation, sub, role, purpose, action, route, correlation_id, outcome, subject, person_ids)
        VALUES ('RZ1', 's', 'intake', 'direct-care', 'test', '/test', gen_random_uuid(), 'read', '', '{}')`,
    );
    if (Math.random() < 0.05) await client.query('SELECT pg_sleep($1)', [Math.random() * 6]);
    await client.query('COMMIT');
    client.release();
  };

  it(`${VERIFICATIONS} times beside requests and the sealer, and in the end every row is sealed once`, async () => {
    let going = true;
    const requesting = Array.from({ length: 5 }, async () => {
      while (going) await request();
    });
    for (let n = 0; n < VERIFICATIONS; n += 1) expect((await audit.verify()).findings).toEqual([]);
    const within = await audit.verify();
    going = false;
    await Promise.all(requesting);
    expect(within.heads).toBeGreaterThan(1);
    await eventually(async () => (await audit.unsealed()) === 0, 40_000);
    const { findings, seals } = await audit.verify();
    expect(findings).toEqual([]);
    const [{ rows } = { rows: -1 }] = await audit.all<{ rows: number }>('SELECT count(*)::int AS rows FROM audit');
    expect(seals).toBe(rows);
  }, 120_000);
});
