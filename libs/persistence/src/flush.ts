import { createHash } from 'node:crypto';
import { types, type Connection, type FieldDef, type PoolClient, type Submittable } from 'pg';
// @ts-expect-error pg has no types for it; pg-cursor and pg-query-stream take it from the same place
import { prepareValue } from 'pg/lib/utils';

export interface Statement {
  text: string;
  values: unknown[];
}

export type Row = Record<string, unknown>;

/** What came back for one statement. */
export interface Answer {
  rows: Row[];
}

type Parameter = string | Buffer | null;
type Column = Pick<FieldDef, 'name'> & { parse(text: string): unknown };
type Named = Pick<Statement, 'text'> & { name: string; values: Parameter[] };

/** What each connection has prepared, with the columns that it answers: they are asked for once. */
const prepared = new WeakMap<Connection, Map<string, Column[]>>();
const names = new Map<string, string>();
let generation = 0;

/** Prepared once a connection, under a name drawn from its text. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = createHash('sha1').update(`${generation} ${text}`).digest('base64url');
    names.set(text, name);
  }
  return name;
}

const FEATURE_NOT_SUPPORTED = '0A000';

/** A view changed its columns under a prepared statement ("cached plan must not change result type"). */
export const isStalePlan = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === FEATURE_NOT_SUPPORTED &&
  'routine' in error &&
  error.routine === 'RevalidateCachedQuery';

/** Every connection prepares anew, so that the next attempt meets the stale plan on none. */
function forgetPlans(): void {
  generation += 1;
  names.clear();
}

/**
 * Sends statements together, in one packet with one Sync, and waits for all. After one that fails the server skips the
 * rest, COMMIT too, and answers that one error. (By pg's own pipeline each statement is a packet and an answer of its
 * own: half of a command's processor time.)
 */
export async function flush(client: Pick<PoolClient, 'query'>, statements: Statement[]): Promise<Answer[]> {
  const batch = new Batch(
    statements.map(({ text, values }) => ({ name: nameOf(text), text, values: values.map(asParameter) })),
  );
  try {
    return await new Promise<Answer[]>((resolve, reject) => {
      const done = (error: Error | null, answers: Answer[] = []): void => (error ? reject(error) : resolve(answers));
      // pg takes the second argument as the callback of what is submitted, as tracing does; its types know only values.
      (client.query as (batch: Submittable, callback: typeof done) => void)(batch, done);
    });
  } catch (error) {
    if (isStalePlan(error)) forgetPlans();
    if (error instanceof Error) Error.captureStackTrace(error); // else it leads to a socket, not to who asked
    throw error;
  }
}

const asParameter = (value: unknown): Parameter => (prepareValue as (value: unknown) => Parameter)(value);

/** The statements of a flush as pg takes any query: it is submitted, and told of each message of the answer. */
class Batch implements Submittable {
  /** Set by pg. */
  callback?: (error: Error | null, answers?: Answer[]) => void;
  private readonly answers: { columns: Column[]; rows: (string | null)[][] }[] = [];
  private known = new Map<string, Column[]>();
  private columns: Column[] | undefined;
  private rows: (string | null)[][] = [];

  constructor(private readonly statements: Named[]) {}

  /** For traces. */
  get text(): string {
    return this.statements.map(({ text }) => text).join(';\n');
  }

  submit(connection: Connection): void {
    this.known = prepared.get(connection) ?? new Map<string, Column[]>();
    prepared.set(connection, this.known);
    connection.stream.cork();
    for (const { name, text, values } of this.statements) {
      const isKnown = this.known.has(name);
      if (!isKnown) {
        // Behind an earlier failure nobody knows whether it was prepared; closing what is not there is no error.
        connection.close({ type: 'S', name }, true);
        connection.parse({ name, text, types: [] }, true);
      }
      connection.bind({ statement: name, values }, true);
      if (!isKnown) connection.describe({ type: 'P' }, true);
      connection.execute({}, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleRowDescription({ fields }: { fields: FieldDef[] }): void {
    this.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: types.getTypeParser(dataTypeID, 'text') }));
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.rows.push(fields);
  }

  handleCommandComplete(): void {
    const name = this.statements[this.answers.length]?.name ?? '';
    const columns = this.columns ?? this.known.get(name) ?? [];
    this.known.set(name, columns);
    this.answers.push({ columns, rows: this.rows });
    this.columns = undefined;
    this.rows = [];
  }

  handleReadyForQuery(): void {
    let answers: Answer[];
    try {
      answers = this.answers.map(({ columns, rows }) => ({ rows: rows.map((row) => toRow(columns, row)) }));
    } catch (error) {
      this.callback?.(error as Error);
      return;
    }
    this.callback?.(null, answers);
  }

  handleError(error: Error, connection: Connection): void {
    // Not the server's own: its answer may still come, and be taken for that of another.
    if (!('severity' in error)) connection.stream.destroy();
    this.callback?.(error);
  }
}

function toRow(columns: Column[], values: (string | null)[]): Row {
  const row: Row = {};
  columns.forEach(({ name, parse }, i) => {
    const value = values[i] ?? null;
    row[name] = value === null ? null : parse(value);
  });
  return row;
}

export const BEGIN: Statement = { text: 'BEGIN', values: [] };
export const COMMIT: Statement = { text: 'COMMIT', values: [] };
export const ROLLBACK: Statement = { text: 'ROLLBACK', values: [] };

/** Makes `$1…` of a statement follow `offset` other parameters. */
export const shiftParameters = (text: string, offset: number): string =>
  offset === 0 ? text : text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + offset}`);
