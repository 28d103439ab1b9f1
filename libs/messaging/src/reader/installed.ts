import type { Row, Statement } from '@homeward/persistence';
import { isProjection, type Subscription } from '../subscription';

/** The schema that a generation's tables live in. */
export const schemaOf = ({ name, generation }: { name: string; generation: number }): string =>
  `${name.replaceAll('-', '_')}_${generation}`;

/** The database belongs to a release that knows other projections: this process must not raise the inbox under it. */
export class OtherRelease extends Error {
  override readonly name = 'OtherRelease';
}

/** A subscription that takes part in a batch, with the schema that it writes to. */
export interface Active {
  subscription: Subscription;
  schema: string;
}

export const loadInstalled: Statement = { text: 'SELECT name, generation, stale_since FROM projection', values: [] };

/**
 * Who takes part: subscriptions always; a projection that is installed in this release's generation and not stale.
 * A stale one, or one of an older generation, waits for `ops rebuild`, and the others go on.
 */
export function activeOf(subscriptions: readonly Subscription[], rows: Row[]): Active[] {
  const installed = new Map(rows.map((row) => [String(row['name']), row]));
  const known = new Set(subscriptions.filter(isProjection).map(({ name }) => name));
  const foreign = [...installed.keys()].find((name) => !known.has(name));
  if (foreign !== undefined) throw new OtherRelease(`This release has no projection ${foreign}`);
  return subscriptions.flatMap((subscription): Active[] => {
    if (!isProjection(subscription)) return [{ subscription, schema: 'public' }];
    const row = installed.get(subscription.name);
    if (!row || Number(row['generation']) > subscription.generation)
      throw new OtherRelease(`Generation ${subscription.generation} of ${subscription.name} is not installed`);
    const isCurrent = row['stale_since'] === null && row['generation'] === subscription.generation;
    return isCurrent ? [{ subscription, schema: schemaOf(subscription) }] : [];
  });
}

export const markStale = (projection: string): Statement => ({
  text: 'UPDATE projection SET stale_since = clock_timestamp() WHERE name = $1 AND stale_since IS NULL',
  values: [projection],
});
