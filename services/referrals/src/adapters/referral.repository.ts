import { NotFound, type Change, type Row, type Statement } from '@homeward/persistence';
import type { Referral } from '../domain/referral';
import { columnsOf } from './referral.columns';
import { toReferral, type ReferralRow } from './referral.row';

/** Whose decision it is: a condition on the referral `f` and the caller, whose organisation is `$2`. */
export type Side = keyof typeof SIDES;

const hasRight = (kind: string): string => `EXISTS (SELECT FROM relationship r WHERE r.person_id = f.person_id
  AND r.organisation = $2 AND r.kind = '${kind}' AND r.subject = 'referral/' || f.id OFFSET 0)`;

const SIDES = {
  /**
   * The intake: of an open referral by its right; of one that was decided because an organisation keeps reading what it
   * wrote itself (DEC-32).
   */
  intake: `f.intake_organisation = $2 AND (f.decided_at IS NOT NULL OR ${hasRight('intake')})`,
  /** The intake that it was passed on to, until it acknowledges. */
  destination: `f.redirect_organisation = $2 AND ${hasRight('receiving-team')}`,
  referrer: `f.referrer_organisation = $2 AND ${hasRight('referrer')}`,
  person: `$2 = 'person/' || f.person_id
    AND EXISTS (SELECT FROM relationship r WHERE r.person_id = f.person_id AND r.organisation = $2 AND r.kind = 'self' OFFSET 0)`,
};

/** OFFSET 0: found by its id and then judged, not looked for among all that the organisation has. */
const seenFrom = (sides: Side[]): string =>
  `FROM (SELECT * FROM referral WHERE id = $1 OFFSET 0) f WHERE (${sides.map((side) => `(${SIDES[side]})`).join(' OR ')})`;

export const lockPersonOf = (
  referralId: string,
  organisation: string,
  ...sides: Side[]
): { select: Statement; what: string } => ({
  select: {
    text: `SELECT 'person/' || f.person_id AS key ${seenFrom(sides.length > 0 ? sides : ['intake'])}`,
    values: [referralId, organisation],
  },
  what: 'referral',
});

/** As the intake, unless another side is named. */
export const loadReferral = (referralId: string, organisation: string, ...sides: Side[]): Statement => ({
  text: `SELECT f.* ${seenFrom(sides.length > 0 ? sides : ['intake'])}`,
  values: [referralId, organisation],
});

/** Of a person by all their ids, what is not decided yet, the oldest first; for a reaction, which sees everybody. */
export const loadOpenReferrals = (personIds: string[]): Statement => ({
  text: `SELECT f.* FROM referral f WHERE f.person_id = ANY ($1::uuid[]) AND f.decided_at IS NULL
    ORDER BY f.received_at, f.id`,
  values: [personIds],
});

/** What a death closed before, which may have been told otherwise. */
export const loadReferralsClosedByDeath = (personIds: string[]): Statement => ({
  text: `SELECT f.* FROM referral f WHERE f.person_id = ANY ($1::uuid[]) AND f.closing_code = 'died'
    ORDER BY f.received_at, f.id`,
  values: [personIds],
});

/** What row the first loaded referral is. */
export function loaded(rows: Row[] | undefined): Referral {
  const row = rows?.[0] as ReferralRow | undefined;
  if (!row) throw new NotFound('referral');
  return toReferral(row);
}

const REQUEST = `id, person_id, person_id_given, referrer_organisation, source_code, primary_reason_code, priority,
  immediate_risk, consent, received_at, reason`;

export function insert(referral: Referral): Change {
  const progress = columnsOf(referral);
  const request = [
    referral.id,
    referral.personId,
    referral.personIdGiven,
    referral.referrerOrganisation,
    referral.sourceCode,
    referral.primaryReasonCode,
    referral.priority,
    referral.immediateRisk,
    referral.consent,
    referral.receivedAt,
    referral.reason,
  ];
  const values = [...request, ...Object.values(progress)];
  return {
    text: `INSERT INTO referral (${REQUEST}, ${Object.keys(progress).join(', ')})
      VALUES (${values.map((_, n) => `$${n + 1}`).join(', ')}) RETURNING 1`,
    values,
  };
}

/**
 * The one change that takes a referral to where it is now, guarded by the version that was decided on. What was decided is
 * final, but for a closing by a death that is told otherwise.
 */
export function changeTo(referral: Referral, version: number): Change {
  const progress = columnsOf(referral);
  const columns = Object.keys(progress).map((column, n) => `${column} = $${n + 3}`);
  return {
    text: `UPDATE referral SET ${columns.join(', ')}
      WHERE id = $1 AND version = $2 AND (decided_at IS NULL OR closing_code = 'died') RETURNING 1`,
    values: [referral.id, version, ...Object.values(progress)],
  };
}

/** What contacts change, also of a referral that is decided: nothing of the decision. */
export function inTouchWith(referral: Referral, version: number): Change {
  const { first_contact_at, first_visit_at, last_in_touch_at } = columnsOf(referral);
  return {
    text: `UPDATE referral SET version = $3, first_contact_at = $4, first_visit_at = $5, last_in_touch_at = $6
      WHERE id = $1 AND version = $2 RETURNING 1`,
    values: [referral.id, version, referral.version, first_contact_at, first_visit_at, last_in_touch_at],
  };
}
