import { eventually } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { createAudit, SERVICE, type TestAudit } from './audit.fixture';
import { readSigned } from './heads/heads';
import { readSigningKey } from './heads/signing-key';
import { proposeRetention, removeDetail } from './retention';
import { Sealer } from './sealer/sealer';

const YEAR_AGO = new Date(Date.now() - 365 * 86_400_000);

describe('detail that is no longer kept goes, and the chain holds', () => {
  let audit: TestAudit;
  beforeEach(async () => {
    audit = await createAudit();
    await audit.record(10);
    await audit.all(`UPDATE audit SET at = at - interval '2 years', id = uuidv7(interval '-2 years')`);
    await audit.record(5);
    const key = readSigningKey(audit.keyFile);
    const { worker: connection, log } = audit;
    const sealer = new Sealer({ service: SERVICE, connection, log: log.log, key, signEveryMs: 0 });
    sealer.start();
    await eventually(async () => (await readSigned(log.log, SERVICE)).length === 1);
    await sealer.stop();
  });
  afterEach(() => audit.drop());

  const remove = (key = audit.keyFile) =>
    removeDetail(audit.owner, audit.log.log, readSigningKey(key), {
      service: SERVICE,
      before: YEAR_AGO,
      approvedBy: randomUUID(),
    });
  const kinds = async () => (await audit.verify()).findings.map(({ kind }) => kind);

  it('when a person approved: what is older, and nothing else (AUD-08)', async () => {
    expect(await proposeRetention(audit.worker, YEAR_AGO)).toMatchObject({ entries: 10 });
    expect(await remove()).toBe(10);
    expect(await proposeRetention(audit.worker, YEAR_AGO)).toMatchObject({ entries: 0 });
    const left = await audit.all<{ sub: string }>(`SELECT sub FROM audit WHERE sub <> '' OR person_ids <> '{}'`);
    expect(left).toHaveLength(5);
    expect(await kinds()).toEqual([]);
  });

  it('and not otherwise: the same by hand is a change', async () => {
    await audit.all(`UPDATE audit SET sub = '', subject = '', person_ids = '{}' WHERE at < $1`, [YEAR_AGO]);
    await audit.all('UPDATE audit_seal SET salt = NULL WHERE seq = 3');
    expect(await kinds()).toContain('changed');
  });

  it('nor is it a way to change what is left', async () => {
    await remove();
    await audit.all(`UPDATE audit SET role = 'intake' WHERE id = (SELECT audit_id FROM audit_seal WHERE seq = 2)`);
    await audit.all(`UPDATE audit SET sub = 'somebody' WHERE id = (SELECT audit_id FROM audit_seal WHERE seq = 5)`);
    expect(await kinds()).toEqual(['changed', 'changed']);
  });

  it('the services’ own roles can neither take it away nor change anything', async () => {
    for (const text of [
      `UPDATE audit SET sub = ''`,
      'DELETE FROM audit',
      'UPDATE audit_seal SET salt = NULL',
      'DELETE FROM audit_seal',
    ]) {
      await expect(audit.asWorker(text)).rejects.toMatchObject({ code: '42501' });
      await expect(audit.asApp(text)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(audit.asApp('SELECT FROM audit_seal')).rejects.toMatchObject({ code: '42501' });
    await expect(audit.asApp('SELECT FROM audit_head')).rejects.toMatchObject({ code: '42501' });
  });
});
