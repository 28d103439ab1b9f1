import type { RelationshipKind } from '@homeward/contracts';
import type { Principal } from '@homeward/persistence';

/** Whose relationship opens a person's episode and its transfers; a referrer knows of their own referral only (DEC-32). */
export const EPISODE_KINDS: readonly RelationshipKind[] = [
  'accountable-team',
  'contributing-team',
  'coordinator',
  'receiving-team',
  'self',
];

/** Who may know who holds a person, and how they came here: from the intake on. */
export const JOURNEY_KINDS: readonly RelationshipKind[] = [...EPISODE_KINDS, 'intake'];

/** Who broke the glass, family with authority and an advocate look at what others who may know see, and change nothing. */
const looking = (kinds: readonly RelationshipKind[]): readonly RelationshipKind[] => [
  ...kinds,
  'break-glass',
  'family',
  'advocate',
];
export const MAY_READ_EPISODE = looking(EPISODE_KINDS);
export const MAY_READ_JOURNEY = looking(JOURNEY_KINDS);

/**
 * The first wall: relationships `r` of the caller with a person; `$1` and `$2` come from `callerOf`. What one
 * practitioner or the person holds is theirs alone (PERM-17). How long a relationship lasts is for its own policy to say.
 */
export const callersRelationships = (person: string): string => `relationship r
  WHERE r.person_id = ${person} AND r.organisation = $1
    AND (r.holder IS NULL OR r.holder LIKE 'team/%' OR r.holder IN ('practitioner/' || $2, 'person/' || $2))`;

/** A person's id and those that were merged into it (`ids.id`): each row is judged by the right to its own id. */
export const idsOf = (person: string): string =>
  `(SELECT ${person}::uuid AS id UNION ALL SELECT alias_id FROM person_alias WHERE survivor_id = ${person}) AS ids`;

/** Whether the caller has a relationship of one of these kinds with the person of `table`. */
export const related = (table: string, kinds: readonly RelationshipKind[] = EPISODE_KINDS): string =>
  `EXISTS (SELECT FROM ${callersRelationships(`${table}.person_id`)} AND ${ofKind(kinds)} OFFSET 0)`;

/** An intake that a referral is passed on to is a receiving team too; it sees that referral, and of flow nothing yet. */
export const ofKind = (kinds: readonly RelationshipKind[]): string =>
  `(r.kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})
    AND NOT (r.kind = 'receiving-team' AND r.subject LIKE 'referral/%'))`;

/** A team that accepted a referral stands in until its episode opens, and no longer. */
export const standsIn = (person: string): string => `(r.kind = 'accepting-team' AND EXISTS (
  SELECT FROM open_referral o WHERE o.person_id = ${person} AND o.stage = 2 AND r.subject = 'referral/' || o.referral_id OFFSET 0))`;

/**
 * The same wall for a command that runs as the worker, whom no policy stops: it says itself how long a relationship
 * lasts, and that a parked one does not count.
 */
export const mayTellOf = (person: string): string => `EXISTS (
  SELECT FROM ${callersRelationships(person)} AND (${ofKind(JOURNEY_KINDS)} OR ${standsIn(person)})
    AND r."from" <= ${NOW} AND (r.until IS NULL OR r.until > ${NOW})
    AND NOT EXISTS (SELECT FROM parked_event p WHERE p.subscription = 'relationships' AND p.source = r.source
      AND p.stream = 'person/' || r.person_id))`;

const NOW = `(SELECT current_setting('app.now')::timestamptz)`;

export const callerOf = ({ organisation, sub }: Principal): [string, string] => [organisation, sub];

/**
 * Which relationships `r` open who holds a person and how they came here. Who guards privacy reads whom they broke the glass
 * for, and not what their organisation may see (PERM-21).
 */
export const opensJourney = (person: string, role: string): string =>
  role === 'privacy' ? ofKind(['break-glass']) : `(${ofKind(MAY_READ_JOURNEY)} OR ${standsIn(person)})`;
