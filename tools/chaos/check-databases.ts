import { connectionOf, type DatabaseConfig } from '@homeward/persistence';
import { Client, type QueryResultRow } from 'pg';
import { compareProjections } from '../ops/projections';
import type { ServiceName } from '../start/system';
import { pause } from './random';
import { pages, type Scratch } from './scratch';

type Databases = Map<ServiceName, DatabaseConfig>;

/** Without progress for so long it will not come to rest any more. */
const PATIENCE_MS = 60_000;

export async function withDatabase<T>(config: DatabaseConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(connectionOf(config, 'worker'));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const ask = <R extends QueryResultRow>(config: DatabaseConfig, text: string): Promise<R[]> =>
  withDatabase(config, async (client) => (await client.query<R>(text)).rows);

/** Waits until every outbox is empty, nothing is parked and all is read; what does not come to rest is a violation. */
async function rest(databases: Databases): Promise<string[]> {
  let [before, since] = ['', Date.now()];
  for (;;) {
    const open = [...(await unsent(databases)), ...(await behind(databases))];
    if (open.length === 0) return [];
    if (open.join() !== before) [before, since] = [open.join(), Date.now()];
    if (Date.now() - since > PATIENCE_MS) return open;
    await pause(500);
  }
}

async function unsent(databases: Databases): Promise<string[]> {
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
  return open;
}

/** A reader has read a service to its end when the last sequences it took add up to those that were given. */
async function behind(databases: Databases): Promise<string[]> {
  const given = new Map<string, string>();
  for (const [service, config] of databases) {
    const [row] = await ask<{ sum: string }>(config, `SELECT count(*) AS sum FROM outbox`);
    given.set(`/homeward/${service}`, row?.sum ?? '0');
  }
  const open: string[] = [];
  for (const [service, config] of databases) {
    const rows = await ask<{ reader: string; source: string; sum: string }>(
      config,
      `SELECT reader, source, sum(last_sequence) AS sum FROM inbox WHERE reader NOT LIKE '%@%' GROUP BY 1, 2`,
    );
    for (const { reader, source, sum } of rows) {
      if (given.get(source) !== sum)
        open.push(`${service}: ${reader} took ${sum} of ${given.get(source)} of ${source}`);
    }
  }
  return open;
}

/** What each service recorded and what the log holds are the same events, both ways. */
async function outboxes(databases: Databases, scratch: Scratch): Promise<string[]> {
  for (const [service, config] of databases) {
    const select = `SELECT '/homeward/${service}' AS source, id FROM outbox`;
    await withDatabase(config, (client) => pages(client, select, (rows) => scratch.put('recorded', rows)));
  }
  const found = await scratch.ask<{ what: string }>(`
    (SELECT format('%s recorded %s, and the log lacks it', source, id) AS what FROM
      (SELECT source, id FROM recorded EXCEPT SELECT source, id FROM logged) AS lost)
    UNION ALL
    (SELECT format('the log has %s, which %s never recorded', id, source) FROM
      (SELECT source, id FROM logged EXCEPT SELECT source, id FROM recorded) AS foreign_ones)`);
  return found.map(({ what }) => what);
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
