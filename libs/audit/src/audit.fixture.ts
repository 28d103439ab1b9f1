import { foundationTables } from '@homeward/persistence';
import { createTestDatabase, openTestLog, type TestDatabase, type TestLog } from '@homeward/testing';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool, type ClientConfig } from 'pg';
import { AUDIT_HEADS } from './heads/heads';
import { readSigningKey } from './heads/signing-key';
import { auditChainTables } from './tables';
import { verifyAudit, type AuditReport } from './verify/verify-audit';

export const SERVICE = 'people';

/** A service's database with an audit and its chain, a log, and a key. */
export interface TestAudit {
  worker: ClientConfig;
  owner: ClientConfig;
  log: TestLog;
  keyFile: string;
  publicKey: string;
  /** As whoever may do anything to the database. */
  all<R>(text: string, values?: unknown[]): Promise<R[]>;
  asWorker(text: string): Promise<unknown>;
  asApp(text: string): Promise<unknown>;
  /** Rows as requests leave them, `ago` being an interval. */
  record(count: number, ago?: string): Promise<void>;
  unsealed(): Promise<number>;
  verify(pinned?: string[]): Promise<AuditReport>;
  drop(): Promise<void>;
}

export async function createAudit(kind: 'postgres' | 'kafka' = 'postgres'): Promise<TestAudit> {
  const log = await openTestLog(kind, [AUDIT_HEADS]);
  const database = await createTestDatabase(SERVICE, migrateAsOwner);
  const folder = mkdtempSync(join(tmpdir(), 'homeward-audit-'));
  const keyFile = newKey(folder);
  const superuser = new Pool({ ...database.config('superuser'), max: 8 });
  const all = async <R>(text: string, values?: unknown[]) => (await superuser.query(text, values)).rows as R[];
  const worker = database.config('worker');
  const publicKey = readSigningKey(keyFile).publicKey;
  const as = (role: 'worker' | 'app') => async (text: string) => {
    const client = new Client(database.config(role));
    await client.connect();
    return client.query(text).finally(() => client.end());
  };
  return {
    worker,
    owner: database.config('owner'),
    asWorker: as('worker'),
    asApp: as('app'),
    log,
    keyFile,
    publicKey,
    all,
    record: async (count, ago = '0 s') => {
      await all(
        `INSERT INTO audit (id, at, organisation, sub, role, purpose, action, route, correlation_id, outcome, subject,
            person_ids)
          SELECT uuidv7(-shift), clock_timestamp() - shift, 'RZ' || 1 + n % 3, $2, 'team-lead', 'direct-care', 'get-person',
            '/people/:id', gen_random_uuid(), 'read', 'person/' || $2, ARRAY[$2::uuid]
          FROM (SELECT n, random() * $3::interval AS shift FROM generate_series(1, $1) AS n) AS one`,
        [count, randomUUID(), ago],
      );
    },
    unsealed: async () => {
      const rows = await all<{ n: number }>(
        'SELECT count(*)::int AS n FROM audit a WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = a.id)',
      );
      return rows[0]?.n ?? 0;
    },
    verify: (pinned = [publicKey]) => verifyAudit({ service: SERVICE, connection: worker, log: log.log, pinned }),
    drop: async () => {
      await superuser.end();
      await log.close();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

export function newKey(folder: string): string {
  const file = join(folder, `${randomUUID()}.jwk.json`);
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(file, JSON.stringify(privateKey.export({ format: 'jwk' })), { mode: 0o600 });
  return file;
}

async function migrateAsOwner(owner: ReturnType<TestDatabase['config']>): Promise<void> {
  const client = new Client(owner);
  await client.connect();
  for (const statement of [...foundationTables(SERVICE), ...auditChainTables(SERVICE)]) await client.query(statement);
  await client.end();
}
