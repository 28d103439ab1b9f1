import type { EventLog } from '@homeward/messaging';
import { Client, type ClientConfig } from 'pg';
import { appendSigned } from './heads/heads';
import type { SigningKey } from './heads/signing-key';

/** Detail that could go: who it was, about whom. When, for whom, in which role and what was done stays. */
export interface Proposal {
  entries: number;
  oldest: Date | null;
  newest: Date | null;
}

const OLD = 'a.at < $1 AND EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = a.id AND s.salt IS NOT NULL)';

export async function proposeRetention(connection: ClientConfig, before: Date): Promise<Proposal> {
  return withClient(connection, async (client) => {
    const { rows } = await client.query<Proposal>(
      `SELECT count(*)::int AS entries, min(a.at) AS oldest, max(a.at) AS newest FROM audit a WHERE ${OLD}`,
      [before],
    );
    return rows[0] ?? { entries: 0, oldest: null, newest: null };
  });
}

export interface Approved {
  service: string;
  before: Date;
  /** The `sub` of who decided it. */
  approvedBy: string;
}

const BATCH = 10_000;

/**
 * Takes the detail away, as the database's owner: nobody else may. What was decided is signed first, outside the database;
 * where that is missing, `ops audit verify` reports the same as a change (AUD-08).
 */
export async function removeDetail(
  owner: ClientConfig,
  log: EventLog,
  key: SigningKey,
  { service, before, approvedBy }: Approved,
): Promise<number> {
  const at = new Date().toISOString();
  await appendSigned(log, key, { kind: 'detail-removed', service, before: before.toISOString(), approvedBy, at });
  return withClient(owner, async (client) => {
    let removed = 0;
    for (let last = BATCH; last === BATCH; removed += last) last = await removeSome(client, before);
    return removed;
  });
}

async function removeSome(client: Client, before: Date): Promise<number> {
  const { rowCount } = await client.query(
    `WITH gone AS (UPDATE audit SET sub = '', subject = '', person_ids = '{}'
        WHERE id IN (SELECT a.id FROM audit a WHERE ${OLD} LIMIT $2) RETURNING id)
      UPDATE audit_seal s SET salt = NULL FROM gone WHERE s.audit_id = gone.id`,
    [before, BATCH],
  );
  return rowCount ?? 0;
}

async function withClient<T>(connection: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
