import type { EventLog } from '@homeward/messaging';
import { Client, type ClientConfig } from 'pg';
import { readSigned } from '../heads/heads';
import { trustedHeads, type Trusted } from '../heads/trust';
import { Findings, type Finding } from './findings';
import { sealedRows } from './sealed-rows';
import { sayUnsealed } from './unsealed';
import { Walk } from './walk';

export interface AuditToVerify {
  service: string;
  /** How `<s>_worker` connects to the service's database. */
  connection: ClientConfig;
  log: EventLog;
  /** Public keys from outside the log; without any, the first that it names is believed. */
  pinned: readonly string[];
}

export interface AuditReport extends Pick<Trusted, 'keys' | 'isPinned'> {
  findings: Finding[];
  /** Entries that are sealed. */
  seals: number;
  /** Heads that a trusted key signed. */
  heads: number;
  /** Up to where it is signed. */
  signed: bigint;
}

/**
 * Reads the whole audit of a service and what was signed of it. Beside a service that runs it is as good as without: the
 * heads are read first, and the database as of one instant after that.
 */
export async function verifyAudit({ service, connection, log, pinned }: AuditToVerify): Promise<AuditReport> {
  const client = new Client(connection);
  await client.connect();
  try {
    const known = await signedAsKept(client);
    const trusted = trustedHeads(service, await readSigned(log, service), pinned);
    const { heads, forged, keys, isPinned } = trusted;
    const findings = new Findings();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const walk = new Walk(service, trusted, findings);
    for await (const seal of sealedRows(client)) walk.take(seal);
    walk.end();
    await sayUnsealed(client, heads, findings);
    await client.query('COMMIT');
    findings.count('forged', forged);
    const signed = heads.reduce((most, { seq }) => (BigInt(seq) > most ? BigInt(seq) : most), 0n);
    if (known > signed) findings.at('cut', signed + 1n, undefined, known); // of the log: its heads are gone
    return { findings: findings.all(), seals: walk.seals, heads: heads.length, signed, keys, isPinned };
  } finally {
    await client.end();
  }
}

/** A head is kept in the database after the log has it. */
async function signedAsKept(client: Client): Promise<bigint> {
  const { rows } = await client.query<{ seq: string }>('SELECT seq FROM audit_head');
  return BigInt(rows[0]?.seq ?? 0);
}
