import { timingSafeEqual } from 'node:crypto';
import type { RequestContext } from '@homeward/persistence';
import { deriveKey, sign } from '../keys';
import { badRequest } from '../problem/problem';
import { Page, type PageQuery } from './page';

/** The sort keys of the last row of a page: ids, instants and ranks. They stand in a URL, so never a name. */
export type SortKeys = (string | number)[];

const LIMIT = 50;
const DAY = 24 * 3600 * 1000;

/**
 * Keyset paging. A cursor holds the last row's sort keys and is good for one organisation, one route and one set of
 * filters, for a day.
 * ```
 * const { limit, after } = cursors.open(context, query);
 * const rows = await database.read(context, worklist(query, after, limit + 1), …);
 * return cursors.page(context, query, rows, (row) => [row.severity, row.received_at, row.id], toItem);
 * ```
 */
export class Cursors {
  private readonly key: Buffer;

  constructor(secret: string) {
    this.key = deriveKey(secret, 'cursor');
  }

  open(context: RequestContext, query: PageQuery): { limit: number; after?: SortKeys } {
    const limit = query.limit ?? LIMIT;
    if (query.cursor === undefined) return { limit };
    const [payload = '', signature = ''] = query.cursor.split('.');
    if (!same(signature, this.signature(context, query, payload))) throw unusable();
    const { keys, until } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Content;
    if (until < Date.now()) throw unusable();
    return { limit, after: keys };
  }

  /** `rows` are one more than the limit where there is a next page. */
  page<R, T>(
    context: RequestContext,
    query: PageQuery,
    rows: R[],
    keysOf: (row: R) => SortKeys,
    itemOf: (row: R) => T,
  ): Page<T> {
    const limit = query.limit ?? LIMIT;
    const items = rows.slice(0, limit).map(itemOf);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return new Page(items, last && this.seal(context, query, keysOf(last)));
  }

  private seal(context: RequestContext, query: PageQuery, keys: SortKeys): string {
    const content: Content = { keys, until: Date.now() + DAY };
    const payload = Buffer.from(JSON.stringify(content)).toString('base64url');
    return `${payload}.${this.signature(context, query, payload)}`;
  }

  private signature({ principal, route }: RequestContext, query: PageQuery, payload: string): string {
    const filters = Object.entries(query)
      .filter(([name, value]) => name !== 'cursor' && name !== 'limit' && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return sign(this.key, principal.organisation, route, filters, payload);
  }
}

interface Content {
  keys: SortKeys;
  until: number;
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const unusable = () => badRequest('cursor-invalid', 'This cursor is not good for this list: begin at the first page.');
