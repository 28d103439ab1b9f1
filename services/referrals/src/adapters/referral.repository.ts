import { PRIORITIES } from '@homeward/contracts';
import { NotFound, type Change, type Row, type Statement, type StreamLock } from '@homeward/persistence';
import type { Acceptance, Referral, Rejection, Request } from '../domain/referral';
import { toReferral, type ReferralRow } from './referral.row';

/**
 * A referral to decide on: an open one by the caller's right as its intake; one that was decided because an
 * organisation keeps reading what it wrote itself (DEC-32).
 */
const HELD_BY_INTAKE = `FROM referral f WHERE f.id = $1 AND f.intake_organisation = $2
  AND (f.status <> 'received' OR EXISTS (SELECT FROM relationship r WHERE r.person_id = f.person_id
    AND r.organisation = $2 AND r.kind = 'intake' AND r.subject = 'referral/' || f.id))`;

export const lockPersonOf = (referralId: string, organisation: string): StreamLock => ({
  select: { text: `SELECT 'person/' || f.person_id AS key ${HELD_BY_INTAKE}`, values: [referralId, organisation] },
  what: 'referral',
});

export const loadReferral = (referralId: string, organisation: string): Statement => ({
  text: `SELECT f.* ${HELD_BY_INTAKE}`,
  values: [referralId, organisation],
});

/** What row the first loaded referral is. */
export function loaded(rows: Row[] | undefined): Referral {
  const row = rows?.[0] as ReferralRow | undefined;
  if (!row) throw new NotFound('referral');
  return toReferral(row);
}

/** The one change that takes a referral to where it is now. */
export function changeTo(referral: Referral): Change {
  switch (referral.status) {
    case 'received':
      return insert(referral);
    case 'accepted':
      return acceptanceChange(referral, referral.acceptance);
    case 'rejected':
      return rejectionChange(referral, referral.rejection);
  }
}

const insert = (referral: Referral): Change => ({
  text: `INSERT INTO referral (id, person_id, version, status, person_id_given, referrer_organisation,
      intake_organisation, intake_team_id, source_code, primary_reason_code, priority, immediate_risk, consent,
      received_at, reason, severity)
    VALUES ($1, $2, 1, 'received', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING 1`,
  values: [
    referral.id,
    referral.personId,
    referral.personIdGiven,
    referral.referrerOrganisation,
    referral.intakeOrganisation,
    referral.intakeTeamId,
    referral.sourceCode,
    referral.primaryReasonCode,
    referral.priority,
    referral.immediateRisk,
    referral.consent,
    referral.receivedAt,
    referral.reason,
    severityOf(referral),
  ],
});

/** PRI-01: by how severe it is, not by the national code's number. An immediate risk comes before everything. */
const severityOf = ({ priority, immediateRisk }: Request): number =>
  immediateRisk ? 0 : PRIORITIES.indexOf(priority) + 1;

const UPDATE = 'UPDATE referral SET version = $2::int, decided_at = $3';
const STILL_OPEN = `WHERE id = $1 AND version = $2::int - 1 AND status = 'received' RETURNING 1`;

const acceptanceChange = ({ id, version }: Referral, acceptance: Acceptance): Change => {
  const { acceptedAt, organisation, teamId, priority, answeredBy } = acceptance;
  const [coordinatorId, dutyHolder] =
    'coordinatorId' in answeredBy ? [answeredBy.coordinatorId] : [null, answeredBy.dutyHolder];
  return {
    text: `${UPDATE}, status = 'accepted', accepting_organisation = $4, team_id = $5, coordinator_id = $6,
      duty_holder_id = $7, duty_until = $8, decided_priority = $9 ${STILL_OPEN}`,
    values: [
      id,
      version,
      acceptedAt,
      organisation,
      teamId,
      coordinatorId,
      dutyHolder?.practitionerId ?? null,
      dutyHolder?.until ?? null,
      priority,
    ],
  };
};

const rejectionChange = ({ id, version }: Referral, rejection: Rejection): Change => ({
  text: `${UPDATE}, status = 'rejected', rejection_code = $4, local_reason_code = $5, criterion_codes = $6,
    criteria_version = $7, signpost_codes = $8, risk_band = $9, explanation = $10 ${STILL_OPEN}`,
  values: [
    id,
    version,
    rejection.rejectedAt,
    rejection.reasonCode,
    rejection.localReasonCode,
    rejection.criterionCodes,
    rejection.criteriaVersion,
    rejection.signpostCodes,
    rejection.riskBand,
    rejection.explanation,
  ],
});
