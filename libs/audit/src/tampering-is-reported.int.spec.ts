import { eventually } from '@homeward/testing';
import { createAudit, SERVICE, type TestAudit } from './audit.fixture';
import { readSigned } from './heads/heads';
import { readSigningKey } from './heads/signing-key';
import { Sealer } from './sealer/sealer';
import { TAMPERINGS } from './tampering.fixture';

const EACH = 125;

describe('tampering with rows already signed is reported (AUD-03)', () => {
  let audit: TestAudit;
  let signed = 0;
  beforeAll(async () => {
    audit = await createAudit();
    await audit.record(60, '3 days');
    const key = readSigningKey(audit.keyFile);
    const { worker: connection, log } = audit;
    const sealer = new Sealer({ service: SERVICE, connection, log: log.log, key, signEveryMs: 0 });
    sealer.start();
    for (let head = 1; head <= 4; head += 1) {
      await eventually(async () => (await readSigned(log.log, SERVICE)).length === head);
      if (head < 4) await audit.record(20);
    }
    await sealer.stop();
    await audit.all('CREATE TABLE audit_as_it_was AS TABLE audit');
    await audit.all('CREATE TABLE audit_seal_as_it_was AS TABLE audit_seal');
    signed = 120;
  });
  afterAll(() => audit.drop());

  const restore = async (): Promise<void> => {
    for (const table of ['audit', 'audit_seal']) {
      await audit.all(`DELETE FROM ${table}`);
      await audit.all(`INSERT INTO ${table} TABLE ${table}_as_it_was`);
    }
  };

  it('and nothing is, of an audit that nobody touched', async () => {
    const { findings, ...report } = await audit.verify();
    expect(findings).toEqual([]);
    expect(report).toMatchObject({ seals: 120, heads: 4, signed: 120n, isPinned: true });
  });

  it.each(Object.entries(TAMPERINGS))(
    `%s, ${EACH} times`,
    async (_, tamper) => {
      for (let n = 0; n < EACH; n += 1) {
        await restore();
        const expected = await tamper(audit, signed);
        const { findings } = await audit.verify();
        const kinds = findings.map(({ kind }) => kind);
        expect(kinds.filter((kind) => expected.includes(kind))).not.toEqual([]);
        expect(kinds.filter((kind) => !expected.includes(kind) && !ALSO.includes(kind))).toEqual([]);
      }
    },
    180_000,
  );
});

/** What is put in the place of another is told as well by what it leaves: a row without a seal, a seal without a row. */
const ALSO = ['missing', 'inserted', 'changed'];
