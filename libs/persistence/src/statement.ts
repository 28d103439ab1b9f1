import { createHash } from 'node:crypto';
import type { PoolClient, QueryResult } from 'pg';

export interface Statement {
  text: string;
  values: unknown[];
}

export type Row = Record<string, unknown>;

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
 * Sends statements together and waits for all. The first error in order is the cause, those behind it are 25P02;
 * awaited one by one, the later rejections would go unhandled and end the process.
 */
export async function flush(client: PoolClient, statements: Statement[]): Promise<QueryResult<Row>[]> {
  const sent = statements.map(({ text, values }) => client.query<Row>({ name: nameOf(text), text, values }));
  const settled = await Promise.allSettled(sent);
  return settled.map((result) => {
    if (result.status === 'fulfilled') return result.value;
    if (isStalePlan(result.reason)) forgetPlans();
    throw result.reason;
  });
}

export const BEGIN: Statement = { text: 'BEGIN', values: [] };
export const COMMIT: Statement = { text: 'COMMIT', values: [] };
export const ROLLBACK: Statement = { text: 'ROLLBACK', values: [] };

/** Makes `$1…` of a statement follow `offset` other parameters. */
export const shiftParameters = (text: string, offset: number): string =>
  offset === 0 ? text : text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + offset}`);
