import { eventually } from '@homeward/testing';
import { dirname } from 'node:path';
import { createAudit, newKey, SERVICE, type TestAudit } from './audit.fixture';
import { appendSigned, readSigned } from './heads/heads';
import { readSigningKey } from './heads/signing-key';
import { Sealer } from './sealer/sealer';
import { sayFinding } from './verify/findings';

describe('a head counts when a key signed it that is trusted', () => {
  let audit: TestAudit;
  beforeEach(async () => {
    audit = await createAudit();
    await audit.record(10, '1 hour');
    await sealBy(audit.keyFile, 1);
  });
  afterEach(() => audit.drop());

  async function sealBy(keyFile: string, heads: number): Promise<void> {
    const options = { service: SERVICE, connection: audit.worker, log: audit.log.log, signEveryMs: 0 };
    const sealer = new Sealer({ ...options, key: readSigningKey(keyFile) });
    sealer.start();
    await eventually(async () => (await readSigned(audit.log.log, SERVICE)).length === heads);
    await sealer.stop();
  }
  const said = async (pinned?: string[]) => (await audit.verify(pinned)).findings.map(sayFinding);

  it('the pinned one; without a pin, that of the first head', async () => {
    expect(await said()).toEqual([]);
    expect(await audit.verify([])).toMatchObject({ findings: [], keys: [audit.publicKey], isPinned: false });
  });

  it('not another, though its signature is right', async () => {
    const other = newKey(dirname(audit.keyFile));
    await audit.record(5);
    await sealBy(other, 2);
    expect(await said()).toEqual([
      'FORGED: 1 row: signed by nobody who may: records in the topic homeward.audit-heads.',
      expect.stringContaining('CUT'),
    ]);
  });

  it('another, once the trusted one has announced it', async () => {
    const other = newKey(dirname(audit.keyFile));
    const next = readSigningKey(other).publicKey;
    const announcement = { kind: 'next-key', service: SERVICE, next, at: new Date().toISOString() } as const;
    await appendSigned(audit.log.log, readSigningKey(audit.keyFile), announcement);
    await audit.record(5);
    await sealBy(other, 3);
    expect(await audit.verify()).toMatchObject({ findings: [], heads: 2, signed: 15n, keys: [audit.publicKey, next] });
  });

  it('and rubbish in the topic is told, not tripped over', async () => {
    const record = { partition: 0, key: `audit/${SERVICE}`, headers: {}, value: 'not ours' };
    await audit.log.log.append('homeward.audit-heads', [record]);
    expect(await said()).toEqual([expect.stringContaining('FORGED: 1 row')]);
  });
});
