import type { ConsentAnswer, ConsentAuthority, ConsentPurpose, ReviewItem } from '@homeward/contracts';
import type { Day, Instant } from '@homeward/kernel';
import { inUtc, type Change, type Principal, type Row, type Statement, type StreamLock } from '@homeward/persistence';
import type { Consent, Explanation } from '../domain/consent';
import type { Decided } from '../domain/consent-now';
import { isLocked } from './known-person.repository';
import { callerOf, means, meantForChange } from './related';

/** The stream of whom the id means, and that on which a decision was recorded: its withdrawal follows it there. */
export const lockWithConsent = (principal: Principal, id: string, consentId: string): StreamLock => ({
  select: {
    text: `WITH meant AS (SELECT p.person_id FROM person p WHERE ${meantForChange('p', '$3')})
      SELECT 'person/' || person_id AS key FROM meant
      UNION SELECT 'person/' || c.person_id FROM meant JOIN consent c ON c.means_id = meant.person_id AND c.id = $4`,
    values: [...callerOf(principal), id, consentId],
  },
  what: 'person',
});

export const CONSENT = `c.id, c.person_id AS recorded_for, c.purpose, c.scope, c.answer, c.authority, c.decided_by, c.finding,
  c.assessed_on::text, c.explained, c.supported_by, c.words, c.decided_on::text, c.review_by::text,
  ${inUtc('c.recorded_at')} AS recorded_at, ${inUtc('c.withdrawn_at')} AS withdrawn_at`;

export const loadConsent = (id: string, consentId: string): Statement => ({
  text: `SELECT ${CONSENT}, ${isLocked('c.person_id')} FROM consent c WHERE c.means_id = ${means('$1')} AND c.id = $2`,
  values: [id, consentId],
});

/** Of rows that hold a person with their decisions, if there are any. */
export const decidedIn = (rows: Row[]): Decided => ({
  consents: rows.filter(({ id }) => id !== null).map(toConsent),
  birthDate: rows[0]?.['birth_date'] as Day,
});

export const toConsent = (row: Row): Consent => ({
  id: row['id'] as string,
  personId: row['recorded_for'] as string,
  purpose: row['purpose'] as ConsentPurpose,
  scope: row['scope'] as ReviewItem[],
  answer: row['answer'] as ConsentAnswer,
  authority: row['authority'] as ConsentAuthority,
  decidedBy: row['decided_by'] as string | null,
  assessment: row['finding'] ? { finding: row['finding'] as 'has' | 'lacks', on: row['assessed_on'] as Day } : null,
  explained: row['explained'] as Explanation[],
  supportedBy: row['supported_by'] as string | null,
  words: row['words'] as string | null,
  on: row['decided_on'] as Day,
  reviewBy: row['review_by'] as Day,
  recordedAt: row['recorded_at'] as Instant,
  withdrawnAt: row['withdrawn_at'] as Instant | null,
});

export const insertConsent = (consent: Consent): Change => ({
  text: `INSERT INTO consent (id, person_id, means_id, purpose, scope, answer, authority, decided_by, finding, assessed_on,
      explained, supported_by, words, decided_on, review_by, recorded_at)
    VALUES ($1, $2, $2, $3, $4::text[], $5, $6, $7, $8, $9::date, $10::text[], $11, $12, $13::date, $14::date,
      $15::timestamptz) RETURNING 1`,
  values: [
    consent.id,
    consent.personId,
    consent.purpose,
    consent.scope,
    consent.answer,
    consent.authority,
    consent.decidedBy,
    consent.assessment?.finding ?? null,
    consent.assessment?.on ?? null,
    consent.explained,
    consent.supportedBy,
    consent.words,
    consent.on,
    consent.reviewBy,
    consent.recordedAt,
  ],
});

export const withdrawalChange = ({ id, withdrawnAt }: Consent): Change => ({
  text: 'UPDATE consent SET withdrawn_at = $2::timestamptz WHERE id = $1 AND withdrawn_at IS NULL RETURNING 1',
  values: [id, withdrawnAt],
});
