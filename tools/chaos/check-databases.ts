import type { EventEnvelope } from '@homeward/contracts';
import { connectionOf, type DatabaseConfig } from '@homeward/persistence';
import { Client } from 'pg';
import { compareProjections } from '../ops/projections';
import type { ServiceName } from '../start/system';

type Databases = Map<ServiceName, DatabaseConfig>;

const PATIENCE_MS = 60_000;

async function ask<R extends object>(config: DatabaseConfig, text: string): Promise<R[]> {
  const client = new Client(connectionOf(config, 'worker'));
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Waits until every outbox is empty and nothing is parked; what does not come to rest is a violation. */
async function rest(databases: Databases): Promise<string[]> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const open: string[] = [];
    for (const [service, config] of databases) {
      const [row] = await ask<{ unsent: number; parked: number }>(
        config,
        `SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL)::int AS unsent,
          (SELECT count(*) FROM parked_event)::int AS parked`,
      );
      if (row?.unsent) open.push(`${service} has ${row.unsent} events that were not sent`);
      if (row?.parked) open.push(`${service} has ${row.parked} parked events`);
    }
    open.push(...(await behind(databases)));
    if (open.length === 0 || Date.now() > until) return open;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Streams of other services' outboxes that a service's readers have not taken to their end. */
async function behind(databases: Databases): Promise<string[]> {
  const lasts = new Map<string, bigint>();
  for (const [service, config] of databases) {
    const rows = await ask<{ key: string; last: string }>(
      config,
      'SELECT partitionkey AS key, max(sequence) AS last FROM outbox GROUP BY 1',
    );
    for (const { key, last } of rows) lasts.set(`/homeward/${service} ${key}`, BigInt(last));
  }
  const open: string[] = [];
  for (const [service, config] of databases) {
    const rows = await ask<{ reader: string; source: string; stream: string; last: string }>(
      config,
      'SELECT reader, source, stream, last_sequence AS last FROM inbox',
    );
    const late = rows.filter(({ source, stream, last }) => (lasts.get(`${source} ${stream}`) ?? 0n) > BigInt(last));
    if (late.length > 0) open.push(`${service} is behind on ${late.length} streams`);
  }
  return open;
}

/** What a service recorded and what the log holds are the same events, both ways. */
async function outboxes(databases: Databases, events: EventEnvelope[]): Promise<string[]> {
  const violations: string[] = [];
  for (const [service, config] of databases) {
    const logged = new Set(events.filter(({ source }) => source === `/homeward/${service}`).map(({ id }) => id));
    const recorded = new Set((await ask<{ id: string }>(config, 'SELECT id FROM outbox')).map(({ id }) => id));
    for (const id of recorded) if (!logged.has(id)) violations.push(`${service} recorded ${id}, and the log lacks it`);
    for (const id of logged)
      if (!recorded.has(id)) violations.push(`the log has ${id}, which ${service} never recorded`);
  }
  return violations;
}

/** Each projection and its rebuild, by EXCEPT both ways. */
async function projections(databases: Databases): Promise<string[]> {
  const violations: string[] = [];
  for (const service of databases.keys()) {
    for (const { name, onlyLive, onlyRebuilt } of await compareProjections(service)) {
      if (onlyLive + onlyRebuilt > 0) {
        violations.push(`${service}: ${name} has ${onlyLive} rows that its rebuild lacks, and lacks ${onlyRebuilt}`);
      }
    }
  }
  return violations;
}

export const checkDatabases = { rest, outboxes, projections };
