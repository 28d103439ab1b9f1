/** Since when projections have stood still, by name; nothing of those that follow the log. */
export type StaleProjections = () => Promise<ReadonlyMap<string, Date>>;

/** The value of `Stale-Since` for a reading that stands on these projections; undefined when all of them are current. */
export async function staleSince(from: readonly string[], stale: StaleProjections): Promise<string | undefined> {
  if (from.length === 0) return undefined;
  const known = await stale();
  const instants = from.flatMap((name) => known.get(name)?.toISOString() ?? []);
  return instants.sort()[0];
}
