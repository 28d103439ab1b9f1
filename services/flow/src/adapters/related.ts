import type { RelationshipKind } from '@homeward/contracts';

/** Whose relationship opens a person's episode and its transfers; a referrer knows of their own referral only (DEC-32). */
export const EPISODE_KINDS: RelationshipKind[] = [
  'accountable-team',
  'contributing-team',
  'coordinator',
  'receiving-team',
  'self',
];

/**
 * The first wall: the caller's organisation has a relationship of one of these kinds with the person of `alias`, now.
 * Row-level security, the second, knows no kinds.
 */
export const related = (alias: string, kinds: readonly RelationshipKind[]): string =>
  `EXISTS (SELECT FROM relationship r WHERE r.person_id = ${alias}.person_id
    AND r.organisation = current_setting('app.principal', true) AND r.kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})
    AND (r.until IS NULL OR r.until > current_setting('app.now', true)::timestamptz))`;
