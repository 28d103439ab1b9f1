import type { Row } from '@homeward/persistence';
import type { Connection } from '../transaction';

/** How a table differs from its rebuild. Rows hold ids and codes; examples are for an operator's eyes, not for logs. */
export interface Difference {
  table: string;
  onlyLive: number;
  onlyRebuilt: number;
  examples: { live: Row[]; rebuilt: Row[] };
  /** Columns that only one of them has; they are not compared. */
  columns: { onlyLive: string[]; onlyRebuilt: string[] };
}

const EXAMPLES = 3;

/** EXCEPT both ways, over the columns that both have. Wants a role that sees every row. Equal tables are left out. */
export async function differences(
  connection: Connection,
  tables: readonly string[],
  live: string,
  rebuilt: string,
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const table of tables) {
    const [before, after] = [await columnsOf(connection, live, table), await columnsOf(connection, rebuilt, table)];
    const shared = before.filter((column) => after.includes(column));
    const columns = {
      onlyLive: before.filter((column) => !shared.includes(column)),
      onlyRebuilt: after.filter((column) => !shared.includes(column)),
    };
    const select = (schema: string): string => `SELECT ${shared.map(quoted).join(', ')} FROM ${schema}.${table}`;
    const onlyLive = await except(connection, select(live), select(rebuilt), shared.length);
    const onlyRebuilt = await except(connection, select(rebuilt), select(live), shared.length);
    if (onlyLive.count + onlyRebuilt.count + columns.onlyLive.length + columns.onlyRebuilt.length === 0) continue;
    const examples = { live: onlyLive.examples, rebuilt: onlyRebuilt.examples };
    found.push({ table, onlyLive: onlyLive.count, onlyRebuilt: onlyRebuilt.count, examples, columns });
  }
  return found;
}

async function except(connection: Connection, left: string, right: string, columns: number) {
  if (columns === 0) return { count: 0, examples: [] };
  const text = `WITH d AS MATERIALIZED (${left} EXCEPT ALL ${right})
    SELECT (SELECT count(*)::int FROM d) AS count, (SELECT jsonb_agg(e) FROM (SELECT * FROM d LIMIT ${EXAMPLES}) AS e) AS examples`;
  const [row] = await connection.query<{ count: number; examples: Row[] | null }>(text);
  return { count: row?.count ?? 0, examples: row?.examples ?? [] };
}

async function columnsOf(connection: Connection, schema: string, table: string): Promise<string[]> {
  const rows = await connection.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
     ORDER BY attnum`,
    [`${schema}.${table}`],
  );
  return rows.map(({ name }) => name);
}

const quoted = (column: string): string => `"${column}"`;
