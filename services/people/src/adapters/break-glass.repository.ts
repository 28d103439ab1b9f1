import type { BreakGlassOutcome, BreakGlassReason } from '@homeward/contracts';
import type { Instant } from '@homeward/kernel';
import { MOST_LOOKS } from '@homeward/policy';
import { inUtc, type Change, type Principal, type Row, type Statement, type StreamLock } from '@homeward/persistence';
import type { BreakGlass } from '../domain/break-glass';
import { meantBy } from './related';

/** Anybody's person, and the practitioner: of two looks at once each counts the other. For the worker only. */
export const lockAnybody = (id: string, practitionerId: string): StreamLock => ({
  select: {
    text: `SELECT unnest(ARRAY['person/' || p.person_id, $2]) AS key FROM person p WHERE ${meantBy('p', '$1')}`,
    values: [id, `practitioner/${practitionerId}`],
  },
  what: 'person',
});

/** The latest of a practitioner, as many as may be within a day. */
export const loadLooks = (practitionerId: string): Statement => ({
  text: `SELECT ${inUtc('opened_at')} AS opened_at FROM break_glass WHERE practitioner_id = $1
    ORDER BY break_glass.opened_at DESC LIMIT $2`,
  values: [practitionerId, MOST_LOOKS],
});

export const insertLook = (look: BreakGlass, words: string | undefined, reviewBy: string): Change => ({
  text: `INSERT INTO break_glass (id, person_id, alias_ids, organisation, practitioner_id, reason_code, words, opened_at,
      until, review_by)
    VALUES ($1, $2, $3::uuid[], $4, $5, $6, $7, $8, $9, $10) RETURNING 1`,
  values: [
    look.id,
    look.personId,
    look.aliasIds,
    look.organisation,
    look.practitionerId,
    look.reasonCode,
    words ?? null,
    look.openedAt,
    look.until,
    reviewBy,
  ],
});

/** The stream on which the look was opened, for the organisation of who looked. */
export const personOfLook = ({ organisation }: Principal, id: string): StreamLock => ({
  select: {
    text: `SELECT 'person/' || g.person_id AS key FROM break_glass g WHERE g.id = $1 AND g.organisation = $2`,
    values: [id, organisation],
  },
  what: 'break-glass',
});

export const lookFor = ({ organisation }: Principal, id: string): Statement => ({
  text: `SELECT id, person_id, alias_ids, organisation, practitioner_id, reason_code, words, review_by::text, outcome,
      ${['opened_at', 'until', 'reviewed_at'].map((column) => `${inUtc(column)} AS ${column}`).join(', ')}
    FROM break_glass WHERE id = $1 AND organisation = $2`,
  values: [id, organisation],
});

export const toLook = (row: Row): BreakGlass => ({
  id: row['id'] as string,
  personId: row['person_id'] as string,
  aliasIds: row['alias_ids'] as string[],
  organisation: row['organisation'] as string,
  practitionerId: row['practitioner_id'] as string,
  reasonCode: row['reason_code'] as BreakGlassReason,
  openedAt: row['opened_at'] as Instant,
  until: row['until'] as Instant,
  outcome: row['outcome'] as BreakGlassOutcome | null,
});

export const recordReview = (
  { id }: BreakGlass,
  outcome: BreakGlassOutcome,
  words: string | undefined,
  reviewerId: string,
  at: Date,
): Change => ({
  text: `UPDATE break_glass SET outcome = $2, review_words = $3, reviewer_id = $4, reviewed_at = $5
    WHERE id = $1 AND outcome IS NULL RETURNING 1`,
  values: [id, outcome, words ?? null, reviewerId, at],
});
