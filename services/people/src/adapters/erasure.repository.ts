import {
  StaleWrite,
  type Change,
  type Erasable,
  type Row,
  type Statement,
  type StreamLock,
} from '@homeward/persistence';
import type { Erasure } from '../domain/erasure';
import { isLocked } from './known-person.repository';
import { meantBy } from './related';

/** Everything that people knows of somebody. Which ids mean one person stays, and who looked, without their words. */
export const ERASABLE: readonly Erasable[] = [
  { table: 'person', what: 'name, NHS number, birth date, first address, basis, death, and what a search finds' },
  { table: 'home', what: 'where they lived, live and will live' },
  { table: 'need', what: 'what they need to be told things and to take part, and their words about it' },
  { table: 'contact', what: 'whom they had around them, and how these are reached' },
  { table: 'consent', what: 'what was decided about taking part and sharing, by whom, and their words about it' },
  { table: 'registration', what: 'what each registrar sent' },
  { table: 'person_history', what: 'what was there before each change' },
  { table: 'identity_question', what: 'questions who it is' },
  {
    table: 'break_glass',
    what: 'words of who looked by break-glass, and of the review',
    columns: { words: 'NULL', review_words: 'NULL' },
  },
];

/** Every id that means the person, the survivor first. */
const IDS = `SELECT p.person_id, true AS survives FROM person p WHERE ${meantBy('p', '$1')}
  UNION ALL SELECT a.alias_id, false FROM person p JOIN person_alias a ON a.survivor_id = p.person_id
    WHERE ${meantBy('p', '$1')}`;

/** The streams of all ids, and the locks of all numbers that were registered for them. */
export const lockErased = (id: string, numbers: readonly string[]): StreamLock => ({
  select: {
    text: `WITH ids AS (${IDS}) SELECT 'person/' || person_id AS key FROM ids
      UNION SELECT unnest($2::text[]) WHERE EXISTS (SELECT FROM ids)`,
    values: [id, numbers],
  },
  what: 'person',
});

export const loadIds = (id: string): Statement => ({
  text: `SELECT person_id, ${isLocked('ids.person_id')} FROM (${IDS}) AS ids ORDER BY survives DESC, person_id`,
  values: [id],
});

export function idsIn(rows: Row[] = []): string[] {
  if (rows.some(({ locked }) => locked !== true)) throw new StaleWrite('the person was merged meanwhile');
  return rows.map((row) => row['person_id'] as string);
}

/** Looks at the person that nobody has reviewed: who reviews one writes words. */
export const loadUnreviewed = (id: string): Statement => ({
  text: `SELECT g.id FROM break_glass g JOIN (${IDS}) AS ids USING (person_id) WHERE g.outcome IS NULL`,
  values: [id],
});

export const findIds = (id: string): Statement => ({ text: IDS, values: [id] });

export const findErased = (id: string): Statement => ({
  text: 'SELECT erased_at FROM erased_person WHERE person_id = $1',
  values: [id],
});

/** Of somebody erased: the ids that meant them. */
export const findErasedIds = (id: string): Statement => ({
  text: `SELECT person_id FROM erased_person WHERE person_id IN (
      SELECT $1::uuid UNION SELECT survivor_id FROM person_alias WHERE alias_id = $1
      UNION SELECT alias_id FROM person_alias WHERE survivor_id = $1
      UNION SELECT b.alias_id FROM person_alias a JOIN person_alias b USING (survivor_id) WHERE a.alias_id = $1)`,
  values: [id],
});

/** All that were ever sent or recorded. */
export const findNumbers = (ids: readonly string[]): Statement => ({
  text: `SELECT nhs_number FROM person WHERE person_id = ANY ($1::uuid[]) AND nhs_number IS NOT NULL
    UNION SELECT nhs_number FROM registration WHERE person_id = ANY ($1::uuid[]) AND nhs_number IS NOT NULL
    UNION SELECT before ->> 'nhsNumber' FROM person_history WHERE person_id = ANY ($1::uuid[]) AND before ->> 'nhsNumber' IS NOT NULL`,
  values: [ids],
});

/** Who could read the person at this moment: by a right of their organisation, or by what it registered itself. */
const TOLD = `INSERT INTO told_of_erasure (person_id, organisation, erased_at)
  SELECT id, r.organisation, $2::timestamptz FROM relationship r CROSS JOIN unnest($1::uuid[]) AS id
    WHERE r.person_id = ANY ($1::uuid[]) AND r.kind NOT IN ('referrer', 'break-glass')
      AND (r.holder IS NULL OR r.holder LIKE 'team/%' OR r.organisation LIKE 'person/%')
      AND r."from" <= current_setting('app.now')::timestamptz
      AND (r.until IS NULL OR r.until > current_setting('app.now')::timestamptz)
  UNION SELECT person_id, organisation, $2 FROM registration WHERE person_id = ANY ($1::uuid[]) RETURNING 1`;

export const tombstones = ({ ids, reasonCode, approvedBy }: Erasure, at: Date): Change[] => [
  {
    text: `INSERT INTO erased_person (person_id, erased_at, reason_code, approved_by)
      SELECT id, $2::timestamptz, $3, $4::uuid FROM unnest($1::uuid[]) AS id RETURNING 1`,
    values: [ids, at, reasonCode, approvedBy],
    rows: ids.length,
  },
  { text: TOLD, values: [ids, at], rows: 'any' },
];

/** Registrations of a number wait for each other by its HMAC: who has the key could ask whether a number was here. */
export const dropLocks = (locks: readonly string[]): Change => ({
  text: 'DELETE FROM stream WHERE key = ANY ($1::text[]) RETURNING 1',
  values: [locks],
  rows: locks.length,
});
