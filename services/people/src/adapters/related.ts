import type { Principal, Statement } from '@homeward/persistence';

/**
 * The first wall: whether the caller has a relationship with the person of `table`, or with an id that was merged into
 * theirs; how long each lasts is for the policy of `relationship` to say. Who only referred somebody sees the state of
 * that referral, not the person (DEC-32); what is held by one practitioner, or by the person, is theirs alone. Takes
 * `$1` and `$2` from `callerOf`.
 */
export const related = (table: string): string => relatedBy(table, MAY_SEE);

/** Who broke the glass looks, and changes nothing. */
export const mayChange = (table: string): string => relatedBy(table, `${MAY_SEE} AND r.kind <> 'break-glass'`);

const relatedBy = (table: string, right: string): string => `(EXISTS (SELECT FROM relationship r
    WHERE r.person_id = ${table}.person_id AND ${right} OFFSET 0)
  OR EXISTS (SELECT FROM person_alias merged JOIN relationship r ON r.person_id = merged.alias_id
    WHERE merged.survivor_id = ${table}.person_id AND ${right} OFFSET 0))`;

const MAY_SEE = `r.organisation = $1 AND r.kind <> 'referrer'
    AND (r.holder IS NULL OR r.holder LIKE 'team/%' OR r.holder IN ('practitioner/' || $2, 'person/' || $2))`;

export const callerOf = ({ organisation, sub }: Principal): Statement['values'] => [organisation, sub];

/** Whom an id means: an id that was merged means its survivor. */
export const means = (id: string): string =>
  `(SELECT coalesce((SELECT merged.survivor_id FROM person_alias merged WHERE merged.alias_id = ${id}), ${id}::uuid))`;

/**
 * Whether the person of `table` is whom an id means, for who may do that. The right is asked first: the row of somebody whom
 * the caller may not see would be found, and its policy take longer than nobody does.
 */
const meantIf = (may: (table: string) => string, table: string, id: string): string => `${table}.person_id =
  (SELECT wanted.person_id FROM (SELECT ${means(id)} AS person_id) AS wanted WHERE ${may('wanted')})`;

/** As `meantBy`, for who may change the person. */
export const meantForChange = (table: string, id: string): string => meantIf(mayChange, table, id);

/** As `meantBy`, for who may learn a restricted home. */
export const meantForLearning = (table: string, id: string): string => meantIf(mayLearn, table, id);

/**
 * Whether the person of `table` is whom an id means; `id` is a parameter. The value comes from a query of its own: row-level
 * security trusts no `coalesce`, and would look at every person before it compares (`people-are-found-by-index`).
 */
export const meantBy = (table: string, id: string): string => `${table}.person_id = ${means(id)}`;

/** The ids of an array parameter as `asked`: each with whom it means. */
export const asked = (ids: string): string =>
  `(SELECT id, ${means('id')} AS means FROM unnest(${ids}::uuid[]) AS given (id) OFFSET 0) AS asked`;

/** Of a person's contacts: nobody who is one of them learns who the others are, and how they are reached (DEC-34.contacts). */
export const mayReadContacts = (table: string, role: string): string =>
  role === 'privacy' ? mayRead(table, role) : relatedBy(table, `${MAY_SEE} AND r.kind NOT IN ('family', 'advocate')`);

/** Today in London, by the clock of the transaction. */
export const TODAY = `(current_setting('app.now')::timestamptz AT TIME ZONE 'Europe/London')::date`;

/** `h`: the home of a day, or the first one where the day lies before it. */
export const homeOn = (day: string, table = 'p'): string => `CROSS JOIN LATERAL (SELECT * FROM home
  WHERE home.person_id = ${table}.person_id ORDER BY home.during @> ${day} DESC, home.during LIMIT 1) AS h`;

/** A restricted home is learnt by the person, by who co-ordinates, and by the members of the accountable team (DEC-34). */
export const mayLearn = (table: string): string => relatedBy(table, MAY_LEARN);

/** Not their organisation, no family, nobody who broke the glass; those who help for the sake of care only. */
const MAY_LEARN = `r.organisation = $1 AND (r.kind = 'self' AND r.holder = 'person/' || $2
    OR $3 = 'direct-care' AND (r.kind = 'coordinator' AND r.holder = 'practitioner/' || $2
      OR r.kind = 'accountable-team' AND r.holder = ANY ($4::text[])))`;

/** `$1` to `$4` of `mayLearn`. */
export const learnerOf = ({ organisation, sub, purpose, teams }: Principal): unknown[] => [
  organisation,
  sub,
  purpose,
  teams.map((team) => `team/${team}`),
];

/** Of a reading: who guards privacy reads whom they broke the glass for, and not what their organisation may see (PERM-21). */
export const mayRead = (table: string, role: string): string =>
  role === 'privacy' ? relatedBy(table, `${MAY_SEE} AND r.kind = 'break-glass'`) : related(table);
