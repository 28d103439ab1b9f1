import { partitionOf, topicOf } from '@homeward/contracts';
import type { EventLog, LogRecord, ReceivedRecord } from '@homeward/messaging';
import type { SigningKey } from './signing-key';

/** Outside every service's database: whoever can rewrite the audit there cannot rewrite this. */
export const AUDIT_HEADS = topicOf('audit-heads');

/** How far the chain reaches. */
export interface Head {
  kind: 'head';
  service: string;
  seq: string;
  /** Hex. */
  hash: string;
  /** Everything recorded before it is sealed up to `seq`: what turns up later with an earlier time was put in. */
  until: string;
  /** Every transaction that had begun to write at that time is below `xid`. */
  at: string;
  xid: string;
  /** Public half of the key that signs. */
  key: string;
}

/** The key that will sign from now on, told by the one that did. */
export interface NextKey {
  kind: 'next-key';
  service: string;
  next: string;
  at: string;
  key: string;
}

/** Somebody decided that detail from before that time is no longer kept. */
export interface DetailRemoved {
  kind: 'detail-removed';
  service: string;
  before: string;
  approvedBy: string;
  at: string;
  key: string;
}

export type Signed = Head | NextKey | DetailRemoved;

/** A record of the topic as it came; `said` is undefined when it is not of ours. */
export interface SignedRecord {
  said?: Signed;
  text: string;
  signature: string;
}

type Unsigned = Omit<Head, 'key'> | Omit<NextKey, 'key'> | Omit<DetailRemoved, 'key'>;

export async function appendSigned(log: EventLog, key: SigningKey, unsigned: Unsigned): Promise<void> {
  const value = JSON.stringify({ ...unsigned, key: key.publicKey });
  const place = `audit/${unsigned.service}`;
  const headers = { signature: key.sign(value) };
  const record: LogRecord = { partition: partitionOf(place), key: place, headers, value };
  await log.append(AUDIT_HEADS, [record]);
}

/** All that was signed for a service, in order. */
export async function readSigned(log: EventLog, service: string): Promise<SignedRecord[]> {
  const read: SignedRecord[] = [];
  await log.readAll(AUDIT_HEADS, (records) => {
    read.push(...records.filter(({ key }) => key === `audit/${service}`).map(asSigned));
    return Promise.resolve();
  });
  return read;
}

function asSigned({ value, headers }: ReceivedRecord): SignedRecord {
  const record = { text: value, signature: headers['signature'] ?? '' };
  try {
    return { ...record, said: JSON.parse(value) as Signed };
  } catch {
    return record;
  }
}
