/** One place that asks for a relationship, and what it becomes. */
export interface Condition {
  of: string;
  file: string;
  from: string;
  /** Whose tests see it, if it is not `e2e/who-may`. */
  suite?: string;
  /** The tests that are asked first: a pattern of their names. */
  first?: string;
  dropped?: string;
  inverted?: string;
  widened?: string;
}

const PEOPLE = 'services/people/src/adapters/related.ts';
const HOMES = 'services/people/src/adapters/home.repository.ts';
const FLOW = 'services/flow/src/adapters/related.ts';
const REFERRAL = 'services/referrals/src/features/referral/referral.query.ts';
const SIDES = 'services/referrals/src/adapters/referral.repository.ts';
const WORKLIST = 'services/referrals/src/features/worklist/worklist.query.ts';
const TRANSFERS = 'services/flow/src/adapters/transfer.repository.ts';
const RELATIONSHIP = 'libs/persistence/src/relationships.ts';

const REFERRERS = "r.kind <> 'referrer'";
const LOOKS = "r.kind <> 'break-glass'";
const CONTACTS = "r.kind NOT IN ('family', 'advocate')";
const HOLDER = "(r.holder IS NULL OR r.holder LIKE 'team/%' OR r.holder IN ('practitioner/' || $2, 'person/' || $2))";

/**
 * Dropped lets everybody pass whom the policy of the table lets see, inverted the others only, widened those too whom a part
 * of the condition was to keep out.
 */
export const CONDITIONS: readonly Condition[] = [
  {
    ...{ of: 'people: who refers does not see the person', file: PEOPLE, from: REFERRERS },
    ...{ dropped: 'true', inverted: "r.kind = 'referrer'" },
  },
  {
    ...{ of: 'people: holder', first: 'of a colleague', file: PEOPLE, from: HOLDER },
    ...{ dropped: '$2::text IS NOT NULL', inverted: `NOT ${HOLDER}` },
  },
  {
    ...{ of: 'people: who looks changes nothing', file: PEOPLE, from: LOOKS },
    ...{ dropped: 'true', inverted: "r.kind = 'break-glass'" },
  },
  {
    ...{ of: 'people: a contact does not see the others', file: PEOPLE, from: CONTACTS },
    ...{ dropped: 'true', inverted: "r.kind IN ('family', 'advocate')", widened: "r.kind <> 'advocate'" },
  },
  {
    ...{ of: 'flow: family looks', file: FLOW, from: "  'family',\n" },
    ...{ dropped: '', widened: "  'family',\n  'referrer',\n" },
  },
  { ...{ of: 'flow: an advocate looks', file: FLOW, from: "  'advocate',\n" }, dropped: '' },
  {
    ...{
      of: 'people: a restricted home is withheld',
      file: HOMES,
      from: 'WHEN NOT ${table}.${prefix}restricted THEN',
    },
    ...{ dropped: 'WHEN true THEN', inverted: 'WHEN ${table}.${prefix}restricted THEN' },
  },
  {
    ...{
      of: 'people: who learns a restricted home',
      first: 'is learnt by|coordinator',
      file: PEOPLE,
      from: 'relatedBy(table, MAY_LEARN)',
    },
    ...{ dropped: "relatedBy(table, '$3 || $4::text IS NOT NULL AND ' + MAY_SEE)" },
    ...{ inverted: 'relatedBy(table, `r.organisation = $1 AND NOT (${MAY_LEARN})`)' },
  },
  {
    ...{
      of: 'people: who co-ordinates learns',
      first: 'is learnt by|coordinator',
      file: PEOPLE,
      from: "r.kind = 'coordinator' AND r.holder = 'practitioner/' || $2",
    },
    ...{ dropped: 'false', inverted: "r.kind = 'coordinator' AND r.holder <> 'practitioner/' || $2" },
    ...{ widened: "r.kind = 'coordinator'" },
  },
  {
    ...{
      of: 'people: whose team is accountable learns',
      first: 'is learnt by|accountable-team',
      file: PEOPLE,
      from: "r.kind = 'accountable-team' AND r.holder = ANY ($4::text[])",
    },
    ...{ dropped: '$4::text[] IS NULL', inverted: "r.kind = 'accountable-team' AND r.holder <> ALL ($4::text[])" },
    ...{ widened: "r.kind = 'accountable-team' AND $4::text[] IS NOT NULL" },
  },
  {
    ...{
      of: 'people: a person learns their own',
      first: 'self',
      file: PEOPLE,
      from: "r.kind = 'self' AND r.holder = 'person/' || $2",
    },
    ...{ dropped: 'false', widened: "r.holder IN ('person/' || $2, 'practitioner/' || $2)" },
  },
  {
    ...{ of: 'people: learnt for care only', first: 'is learnt by', file: PEOPLE, from: "$3 = 'direct-care'" },
    ...{ dropped: "$3 <> ''", inverted: "$3 <> 'direct-care'" },
  },
  {
    ...{
      of: 'people: privacy reads by break-glass',
      first: 'break-glass',
      file: PEOPLE,
      from: "`${MAY_SEE} AND r.kind = 'break-glass'`",
    },
    ...{ dropped: 'MAY_SEE', inverted: "`${MAY_SEE} AND r.kind <> 'break-glass'`" },
  },
  {
    ...{ of: 'flow: privacy reads by break-glass', first: 'break-glass', file: FLOW, from: "ofKind(['break-glass'])" },
    ...{ dropped: 'ofKind(MAY_READ_JOURNEY)', inverted: 'ofKind(JOURNEY_KINDS)' },
  },
  {
    ...{ of: 'flow: holder', first: 'of a colleague', file: FLOW, from: HOLDER },
    ...{ dropped: '$2::text IS NOT NULL', inverted: `NOT ${HOLDER}` },
  },
  {
    ...{ of: 'flow: kinds', file: FLOW, from: '(r.kind IN (${kinds' },
    ...{ inverted: '(r.kind NOT IN (${kinds', widened: '(true OR r.kind IN (${kinds' },
  },
  {
    ...{
      of: 'flow: a redirect opens nothing here',
      first: 'receiving-team',
      file: FLOW,
      from: "AND NOT (r.kind = 'receiving-team' AND",
    },
    ...{ dropped: "AND NOT (false AND r.kind = 'receiving-team' AND", inverted: "AND (r.kind <> 'receiving-team' OR" },
  },
  {
    ...{ of: 'flow: stands in', file: FLOW, from: "(r.kind = 'accepting-team' AND EXISTS (" },
    ...{ widened: "(r.kind = 'accepting-team' OR EXISTS (" },
  },
  {
    ...{ of: 'flow: intakes', file: FLOW, from: "[...EPISODE_KINDS, 'intake']" },
    ...{ dropped: '[...EPISODE_KINDS]' },
  },
  {
    ...{ of: 'flow: a tale begins', file: FLOW, from: 'AND r."from" <= ${NOW}' },
    ...{ dropped: '', inverted: 'AND r."from" > ${NOW}' },
  },
  {
    ...{ of: 'flow: a tale ends', file: FLOW, from: 'AND (r.until IS NULL OR r.until > ${NOW})' },
    ...{ dropped: '', inverted: 'AND r.until <= ${NOW}' },
  },
  {
    // Widened it lives: the policy of the table keeps them out as well.
    ...{
      of: 'flow: a transfer that was answered',
      suite: 'services/flow/src/features/decline-transfer/decline-transfer.int.spec.ts',
      file: TRANSFERS,
      from: "(t.status = 'declined' OR t.accepted_at IS NOT NULL)",
    },
    ...{ dropped: 'false', widened: 'true' },
  },
  {
    ...{
      of: 'referrals: a right to one',
      file: REFERRAL,
      from: "AND r.subject = 'referral/' || f.id AND r.kind IN (${kinds})",
    },
    ...{
      widened: "AND r.subject = 'referral/' || f.id",
      inverted: "AND r.subject = 'referral/' || f.id AND r.kind NOT IN (${kinds})",
    },
  },
  {
    ...{
      of: 'referrals: holder of a look',
      first: 'break-glass',
      file: REFERRAL,
      from: "r.holder = 'practitioner/' || $4",
    },
    ...{ dropped: '($4 = $4)', inverted: "r.holder <> 'practitioner/' || $4" },
  },
  {
    ...{ of: 'referrals: who looks', first: 'break-glass', file: REFERRAL, from: "r.kind = 'break-glass'" },
    ...{ dropped: 'true', inverted: "r.kind <> 'break-glass'" },
  },
  {
    ...{ of: 'referrals: inside', file: REFERRAL, from: 'principal.roles.some((role) => INSIDE.includes(role))' },
    ...{ dropped: 'true', inverted: '!principal.roles.some((role) => INSIDE.includes(role))' },
  },
  {
    ...{ of: 'referrals: intake', file: SIDES, from: "(f.decided_at IS NOT NULL OR ${hasRight('intake')})" },
    ...{ dropped: 'true', inverted: "(f.decided_at IS NOT NULL OR NOT ${hasRight('intake')})" },
  },
  {
    ...{
      of: 'referrals: destination',
      first: 'receiving-team',
      file: SIDES,
      from: "AND ${hasRight('receiving-team')}",
    },
    ...{ dropped: '', inverted: "AND NOT ${hasRight('receiving-team')}" },
  },
  {
    ...{ of: 'referrals: referrer', file: SIDES, from: "AND ${hasRight('referrer')}" },
    ...{ dropped: '', inverted: "AND NOT ${hasRight('referrer')}" },
  },
  {
    ...{ of: 'referrals: what an intake holds', file: WORKLIST, from: "AND ${hasRight('intake')}" },
    ...{ dropped: '', inverted: "AND NOT ${hasRight('intake')}" },
  },
  {
    ...{ of: 'a right that began', file: RELATIONSHIP, from: 'AND "from" <= ${NOW} AND' },
    ...{ dropped: 'AND', inverted: 'AND "from" > ${NOW} AND' },
  },
  {
    ...{ of: 'a right that ended', file: RELATIONSHIP, from: 'AND (until IS NULL OR until > ${NOW})\n' },
    ...{ dropped: '\n', inverted: 'AND until <= ${NOW}\n' },
  },
];
