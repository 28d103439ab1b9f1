import { topicsFor } from '@homeward/bootstrap';
import { openEventLog, type EventLogConfig } from '@homeward/messaging';
import { testServer } from '@homeward/testing';
import { Client } from 'pg';
import { SERVICES } from '../tools/ops/services';

const TABLES = `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  ORDER BY 1, 2`;

/** Each table of a database, whatever its schema, as text: all that a dump would hold. */
export async function dumpOf(database: string): Promise<Map<string, string>> {
  const client = new Client({ ...testServer(), database });
  await client.connect();
  try {
    const found = new Map<string, string>();
    const { rows: tables } = await client.query<{ schema: string; name: string }>(TABLES);
    for (const { schema, name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT row_to_json(t)::text AS row FROM "${schema}"."${name}" t`,
      );
      found.set(`${schema}.${name}`, rows.map(({ row }) => row).join('\n'));
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Every message of every topic that a service knows of. */
export async function messagesOf(config: EventLogConfig): Promise<string> {
  const log = openEventLog(config);
  let text = '';
  try {
    for (const topic of new Set(SERVICES.flatMap(({ name }) => topicsFor(name)))) {
      await log.readAll(topic, (records) => {
        for (const { headers, value, key } of records) text += `${key} ${JSON.stringify(headers)} ${value}\n`;
        return Promise.resolve();
      });
    }
  } finally {
    await log.close();
  }
  return text;
}
