import { Client, type QueryResultRow } from 'pg';
import { asSuperuser, type ServerAddress } from '../../infra/local/databases';

const NAME = 'chaos_check';

/** Where the checker puts what it read, so that a long run is judged in SQL and never held in memory. */
const TABLES = `
  CREATE UNLOGGED TABLE accepted (kind text, correlation text);
  CREATE UNLOGGED TABLE logged (
    topic text, partition int, "offset" bigint, source text, stream text, sequence bigint, id text, type text,
    subject text, correlation text, causation text, corrects text, person text, occurred_at timestamptz, recorded_at timestamptz,
    data jsonb);
  CREATE UNLOGGED TABLE recorded (source text, id text);
  CREATE UNLOGGED TABLE accountability (person text, team text, "from" timestamptz, until timestamptz);
  CREATE UNLOGGED TABLE publishes (kind text, type text);`;

export class Scratch {
  private constructor(private readonly client: Client) {}

  static async open(server: ServerAddress): Promise<Scratch> {
    await asSuperuser(server, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${NAME}`);
      await client.query(`CREATE DATABASE ${NAME}`);
    });
    const { host, port, user, password } = server;
    const client = new Client({ host, port, user, password, database: NAME, options: '-c timezone=UTC' });
    await client.connect();
    await client.query(TABLES);
    return new Scratch(client);
  }

  /** Rows as objects of the table's columns. */
  async put(table: string, rows: readonly object[]): Promise<void> {
    if (rows.length === 0) return;
    const json = JSON.stringify(rows);
    await this.client.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(null::${table}, $1)`, [json]);
  }

  /** Called when all is in: the checks lean on it. */
  async index(): Promise<void> {
    await this.client.query(`CREATE INDEX ON logged (source, stream, sequence); CREATE INDEX ON logged (correlation);
      CREATE INDEX ON logged (type, person); CREATE INDEX ON logged (person); CREATE INDEX ON accountability (person);
      ANALYZE`);
  }

  /** The rows of a query, a page at a time. */
  pages<R extends QueryResultRow>(select: string, onPage: (rows: R[]) => Promise<void> | void): Promise<void> {
    return pages(this.client, select, onPage);
  }

  async ask<R extends QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    return (await this.client.query<R>(text, values)).rows;
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

/** Streams what a query gives, a page at a time. */
export async function pages<R extends QueryResultRow>(
  client: Client,
  select: string,
  onPage: (rows: R[]) => Promise<void> | void,
): Promise<void> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await client.query(`DECLARE whole NO SCROLL CURSOR FOR ${select}`);
  for (;;) {
    const { rows } = await client.query<R>('FETCH 5000 FROM whole');
    if (rows.length === 0) break;
    await onPage(rows);
  }
  await client.query('COMMIT');
}
