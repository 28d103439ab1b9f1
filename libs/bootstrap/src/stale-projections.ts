import type { Pool } from 'pg';

const GOOD_FOR_MS = 1_000;

/**
 * Since when projections have stood still, by name; those that follow the log are not in it. Asked at most once a second.
 * When the database does not answer it is what it was: the reading itself will say so.
 */
export function staleProjections(app: Pool): () => Promise<ReadonlyMap<string, Date>> {
  let known: ReadonlyMap<string, Date> = new Map();
  let asked = -Infinity;
  return async () => {
    if (performance.now() - asked < GOOD_FOR_MS) return known;
    asked = performance.now();
    try {
      const { rows } = await app.query<{ name: string; since: Date }>(
        'SELECT name, stale_since AS since FROM projection WHERE stale_since IS NOT NULL',
      );
      known = new Map(rows.map(({ name, since }) => [name, since]));
    } catch {
      asked = -Infinity;
    }
    return known;
  };
}
