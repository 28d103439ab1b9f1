import { openPools } from '@homeward/persistence';
import type { TestService } from '@homeward/testing/service';

export interface WalledTable {
  name: string;
  /** How many rows there are, and how many an organisation is shown by raw SQL in the role of a request. */
  rows: number;
  shown(organisation: string | undefined): Promise<number>;
}

/** Tables with a person that requests may read; `relationship` is the wall itself, and has suites of its own. */
const FOUND = `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'person_id'
  WHERE c.relkind = 'r' AND c.relname <> 'relationship' AND n.nspname NOT LIKE 'pg_%'
    AND has_schema_privilege($1, n.oid, 'USAGE') AND has_table_privilege($1, c.oid, 'SELECT') ORDER BY c.relname`;

export async function walledTables(service: TestService): Promise<WalledTable[]> {
  const role = `${service.config.service}_app`;
  const found = await service.asWorker<{ schema: string; name: string }>(FOUND, [role]);
  return Promise.all(
    found.map(async ({ schema, name }) => {
      const count = `SELECT count(*)::int AS rows FROM ${schema}.${name}`;
      const [all] = await service.asWorker<{ rows: number }>(count);
      return { name, rows: all?.rows ?? 0, shown: (organisation) => asRequest(service, organisation, count) };
    }),
  );
}

async function asRequest(service: TestService, organisation: string | undefined, count: string): Promise<number> {
  const { app, end } = openPools(service.config.database);
  const client = await app.connect();
  try {
    await client.query('BEGIN');
    const now = `SELECT set_config('app.now', clock_timestamp()::text, true)`;
    if (organisation !== undefined) {
      await client.query(now);
      await client.query(`SELECT set_config('app.principal', $1, true)`, [organisation]);
    }
    return ((await client.query(count)).rows as { rows: number }[])[0]?.rows ?? 0;
  } finally {
    await client.query('ROLLBACK');
    client.release();
    await end();
  }
}
