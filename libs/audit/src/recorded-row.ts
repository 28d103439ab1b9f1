import { inUtc } from '@homeward/persistence';
import { createHash } from 'node:crypto';

/** A row of the audit as text, the way it is hashed: nothing depends on how a client reads a timestamp or an array. */
export interface RecordedRow {
  id: string;
  at: string;
  organisation: string;
  role: string;
  purpose: string;
  action: string;
  route: string;
  correlation_id: string;
  outcome: string;
  /** Whose doing, about whom: the detail, which may be taken away when it is no longer kept. */
  sub: string;
  subject: string;
  person_ids: string[];
  /** Of the transaction that put it there, not hashed: a database that is restored has others. */
  xid: string;
}

/** Microseconds, always UTC. */
export const RECORDED_COLUMNS = `a.id, ${inUtc('a.at')} AS at,
  a.organisation, a.role, a.purpose, a.action, a.route, a.correlation_id, a.outcome,
  a.sub, a.subject, a.person_ids::text[] AS person_ids, a.xmin::text AS xid`;

/** What it says itself of when it was recorded, in milliseconds: the earlier of its time and its id's. */
export function recordedAt({ at, id }: Pick<RecordedRow, 'at' | 'id'>): number {
  const byId = id.charAt(14) === '7' ? parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : Infinity;
  return Math.min(Date.parse(at), byId);
}

const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Without the salt nobody can find out, by trying, whose row it was once the detail is gone. */
export const detailHash = (row: RecordedRow, salt: Buffer): Buffer =>
  sha256(salt, JSON.stringify([row.sub, row.subject, ...row.person_ids]));

export function rowHash(row: RecordedRow, detail: Buffer): Buffer {
  const { id, at, organisation, role, purpose, action, route, correlation_id: correlation, outcome } = row;
  const recorded = [id, at, organisation, role, purpose, action, route, correlation, outcome];
  return sha256(detail, JSON.stringify(recorded));
}

/** What the first row of a service is chained to. */
export const beginningOf = (service: string): Buffer => sha256(`homeward.audit/${service}`);

/** A hash that holds only for this row behind all those before it. */
export const chained = (previous: Buffer, row: Buffer): Buffer => sha256(previous, row);
