import { decode, InvalidEvent, sourceOf, type EventEnvelope } from '@homeward/contracts';
import { projectionsReaderName, type EventLog, type ReceivedRecord } from '@homeward/messaging';
import { connectionOf, type DatabaseConfig, type Row } from '@homeward/persistence';
import { Client } from 'pg';
import { RELATIONSHIPS, relationshipsSubscription } from './relationships';

export interface RebuildRelationshipsOptions {
  config: DatabaseConfig;
  log: EventLog;
}

/** Rows of other sources before and after; `changed` when they are not the same. */
export interface RebuiltRelationships {
  before: number;
  after: number;
  changed: boolean;
}

/**
 * Makes the rights that come from other services anew from the log, as far as the service's reader has taken it; its own
 * are left alone. In one transaction that holds the reader: requests see the old rows until they see the new ones, and
 * the service's projections wait meanwhile. Wanted when a release declares rights for a type of event that it passed by.
 */
export async function rebuildRelationships(options: RebuildRelationshipsOptions): Promise<RebuiltRelationships> {
  const { config, log } = options;
  const { service } = config;
  const client = await connectAsWorker(config);
  const query = async <R = Row>(text: string, values: unknown[] = []) => (await client.query(text, values)).rows as R[];
  const subscription = relationshipsSubscription(service);
  try {
    await query('BEGIN');
    await query(`SELECT set_config('lock_timeout', '60000', true)`);
    await query('SELECT pg_advisory_xact_lock(hashtext($1))', [projectionsReaderName(service)]);
    const limits = await limitsOf(query, projectionsReaderName(service));
    const before = await contentOf(query, service);
    await query('DELETE FROM relationship WHERE source <> $1', [sourceOf(service)]);
    for (const topic of topicsOf(subscription.types)) {
      await log.readAll(topic, async (records) => {
        const events = records.flatMap((record) => wanted(record, subscription.types, limits));
        if (events.length > 0) await subscription.apply({ query }, events, 'public');
      });
    }
    const after = await contentOf(query, service);
    await query('COMMIT');
    return { before: before.rows, after: after.rows, changed: before.digest !== after.digest };
  } finally {
    await client.end().catch(() => undefined); // and with it what was not committed
  }
}

/** Not one of the pool's: those are given up when an answer takes long, and here it may. */
async function connectAsWorker(config: DatabaseConfig): Promise<Client> {
  const patience = { connectionTimeoutMillis: 5_000, keepAlive: true, keepAliveInitialDelayMillis: 10_000 };
  const client = new Client({ ...connectionOf(config, 'worker'), ...patience, options: '-c timezone=UTC' });
  client.on('error', () => undefined); // its queries reject, and that is what is reported
  await client.connect();
  return client;
}

type Query = <R = Row>(text: string, values?: unknown[]) => Promise<R[]>;
/** By source and stream, the last sequence that counts. */
type Limits = Map<string, bigint>;

/** As far as the reader has taken each stream, and no further than the event in front of a parked one. */
async function limitsOf(query: Query, reader: string): Promise<Limits> {
  const rows = await query<{ source: string; stream: string; last: string }>(
    `SELECT source, stream, least(last_sequence, (SELECT min(sequence) - 1 FROM parked_event p
        WHERE p.subscription = $2 AND p.source = i.source AND p.stream = i.stream)) AS last
     FROM inbox i WHERE reader = $1`,
    [reader, RELATIONSHIPS],
  );
  return new Map(rows.map(({ source, stream, last }) => [`${source} ${stream}`, BigInt(last)]));
}

async function contentOf(query: Query, service: string): Promise<{ rows: number; digest: string }> {
  const [content] = await query<{ rows: number; digest: string }>(
    `SELECT count(*)::int AS rows, coalesce(md5(string_agg(r::text, E'\n' ORDER BY r::text)), '') AS digest
     FROM relationship r WHERE source <> $1`,
    [sourceOf(service)],
  );
  return content ?? { rows: 0, digest: '' };
}

const topicsOf = (types: readonly string[]): string[] => [
  ...new Set(types.map((type) => type.split('.').slice(0, 2).join('.'))),
];

/** What cannot be read is parked where it matters, and so beyond the limit of its stream. */
function wanted({ headers, value }: ReceivedRecord, types: readonly string[], limits: Limits): EventEnvelope[] {
  if (!types.includes(headers['ce_type'] ?? '')) return [];
  try {
    const event = decode({ headers, value });
    const limit = limits.get(`${event.source} ${event.partitionkey}`) ?? 0n;
    return event.sequence <= limit ? [event] : [];
  } catch (error) {
    if (error instanceof InvalidEvent) return [];
    throw error;
  }
}
