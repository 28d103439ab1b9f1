import type { Instant } from '@homeward/kernel';

/** Something that made a team accountable for a person. What happened may be told late, and in any order. */
export interface AccountabilityFact {
  /** Of the episode that opened, or of the transfer that was completed. */
  id: string;
  kind: 'episode-opened' | 'transfer-completed';
  episodeId: string;
  teamId: string;
  occurredAt: Instant;
  recordedAt: Instant;
  /** Id of the fact that this one takes the place of. */
  corrects?: string;
}

/** From `from`, included, to `until`, excluded; null: until now and on. */
export interface AccountableRange {
  /** The fact that it begins with. */
  factId: string;
  episodeId: string;
  teamId: string;
  from: Instant;
  until: Instant | null;
}

/**
 * Who was accountable, and when: each fact holds from when it happened until the next one. So there is exactly one
 * team at every instant from the first fact on, without gap or overlap (TRF-03, DEC-04), however late a fact is told.
 * Of two facts of one instant the one recorded later holds.
 */
export function evolve(facts: readonly AccountabilityFact[]): AccountableRange[] {
  const corrected = new Set(facts.map(({ corrects }) => corrects));
  const standing = facts.filter(({ id }) => !corrected.has(id)).sort(byOccurrence);
  return standing
    .map(({ id: factId, episodeId, teamId, occurredAt }, i) => {
      return { factId, episodeId, teamId, from: occurredAt, until: standing[i + 1]?.occurredAt ?? null };
    })
    .filter(({ from, until }) => from !== until);
}

export const accountableAt = (ranges: readonly AccountableRange[], at: Instant): AccountableRange | undefined =>
  ranges.find(({ from, until }) => from <= at && (until === null || at < until));

const byOccurrence = (a: AccountabilityFact, b: AccountabilityFact): number =>
  compare(a.occurredAt, b.occurredAt) || compare(a.recordedAt, b.recordedAt) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
