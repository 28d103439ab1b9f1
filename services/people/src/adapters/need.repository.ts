import type { NeedCode, NeedEnd } from '@homeward/contracts';
import type { Change, Principal, Row, Statement, StreamLock } from '@homeward/persistence';
import type { Need } from '../domain/needs';
import { callerOf, meantBy, meantForChange, TODAY } from './related';

/** All of it, and whether it waits to be looked at again. */
export const NEED = `need.need_id, need.code, need.language, need.words, need.since::text, need.review_by::text,
  need.ended_on::text, need.end_reason, need.ended_on IS NULL AND need.review_by <= ${TODAY} AS review_due`;

/** What every answer has that shows the person: codes, so that who sees them knows how to tell them things. No words. */
export const needsOf = (table: string): string => `(SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
    'code', need.code, 'language', need.language, 'reviewDue', nullif(need.review_by <= ${TODAY}, false)))
    ORDER BY need.code, need.language), '[]') FROM need
  WHERE need.person_id = ${table}.person_id AND need.ended_on IS NULL) AS needs`;

export const loadNeeds = (id: string): Statement => ({
  text: `SELECT ${NEED} FROM need WHERE ${meantBy('need', '$1')} ORDER BY need.need_id`,
  values: [id],
});

/** The stream of whom the id means, where the need is theirs. */
export const lockPersonOfNeed = (principal: Principal, id: string, needId: string): StreamLock => ({
  select: {
    text: `SELECT 'person/' || p.person_id AS key FROM person p JOIN need USING (person_id)
      WHERE ${meantForChange('p', '$3')} AND need.need_id = $4`,
    values: [...callerOf(principal), id, needId],
  },
  what: 'need',
});

export const toNeed = (row: Row): Need => ({
  id: row['need_id'] as string,
  code: row['code'] as NeedCode,
  language: row['language'] as string | null,
  words: row['words'] as string | null,
  since: row['since'] as string,
  reviewBy: row['review_by'] as string,
  endedOn: row['ended_on'] as string | null,
  endReason: row['end_reason'] as NeedEnd | null,
});

export const needChange = (personId: string, need: Need, at: Date): Change => ({
  text: `INSERT INTO need (need_id, person_id, code, language, words, since, review_by, recorded_at, ended_on,
      end_reason)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (need_id) DO UPDATE SET words = excluded.words, since = excluded.since, review_by = excluded.review_by,
      recorded_at = excluded.recorded_at, ended_on = excluded.ended_on,
      end_reason = excluded.end_reason
    RETURNING 1`,
  values: [
    need.id,
    personId,
    need.code,
    need.language,
    need.words,
    need.since,
    need.reviewBy,
    at,
    need.endedOn,
    need.endReason,
  ],
});
