import { eventually } from '@homeward/testing';
import { Client } from 'pg';
import { createAudit, SERVICE, type TestAudit } from './audit.fixture';
import { readSigned } from './heads/heads';
import { readSigningKey } from './heads/signing-key';
import { Sealer } from './sealer/sealer';

const COLUMNS = 'id, at, organisation, sub, role, purpose, action, route, correlation_id, outcome, subject, person_ids';
const ROW = `'RZ1', 's', 'intake', 'direct-care', 'test', '/test', gen_random_uuid(), 'read', '', '{}'`;
/** Two that were put in: seconds ago, and before all was settled. */
const PUT_IN = ['2 s', '3 days'];

describe('beside the sealer, a row that is put in with an earlier time', () => {
  let audit: TestAudit;
  let sealer: Sealer;
  let slow: Client;
  beforeAll(async () => {
    audit = await createAudit();
    slow = new Client(audit.worker);
    await slow.connect();
    sealer = startSealer();
  });
  afterAll(async () => {
    await sealer.stop();
    await slow.end();
    await audit.drop();
  });

  function startSealer(): Sealer {
    const key = readSigningKey(audit.keyFile);
    const started = new Sealer({
      service: SERVICE,
      connection: audit.worker,
      log: audit.log.log,
      key,
      signEveryMs: 0,
    });
    started.start();
    return started;
  }

  const heads = async (): Promise<number> => (await readSigned(audit.log.log, SERVICE)).length;
  /** What was recorded until now is signed. */
  const signed = async (): Promise<void> => {
    const before = await heads();
    await audit.record(1);
    await eventually(async () => (await heads()) > before);
  };
  const kinds = async () => (await audit.verify()).findings.map(({ kind, count }) => `${count} ${kind}`);

  it('is not sealed and is told, and one that commits late is sealed', async () => {
    await slow.query('BEGIN');
    await slow.query(`INSERT INTO audit VALUES (DEFAULT, DEFAULT, ${ROW})`);
    for (let head = 1; head <= 4; head += 1) await signed();
    for (const ago of PUT_IN) {
      await audit.all(
        `INSERT INTO audit (${COLUMNS})
          SELECT uuidv7(-$1::interval), clock_timestamp() - $1::interval, ${ROW}`,
        [ago],
      );
    }
    expect(await kinds()).toEqual(['2 inserted']);
    await slow.query('COMMIT');
    await eventually(async () => (await audit.unsealed()) === PUT_IN.length, 30_000);
    await signed();
    expect(await kinds()).toEqual(['2 inserted']);
  });

  it('also, where all was settled, by a sealer that begins after it', async () => {
    await sealer.stop();
    sealer = startSealer();
    await signed();
    await signed();
    const left = await audit.all<{ old: boolean }>(
      `SELECT at < clock_timestamp() - interval '2 days' AS old FROM audit a
        WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = a.id) ORDER BY at`,
    );
    expect(left[0]).toEqual({ old: true });
    expect((await audit.verify()).findings).toContainEqual(expect.objectContaining({ kind: 'inserted' }));
  });
});
