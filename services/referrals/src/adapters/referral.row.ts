import type { Acceptance, Referral, Rejection, Request } from '../domain/referral';

/** A row of `referral`; the columns of a decision are filled as its status says. */
export interface ReferralRow {
  id: string;
  person_id: string;
  version: number;
  status: Referral['status'];
  person_id_given: boolean;
  referrer_organisation: string;
  intake_organisation: string;
  intake_team_id: string;
  source_code: string;
  primary_reason_code: string;
  priority: Request['priority'];
  immediate_risk: boolean;
  consent: Request['consent'];
  received_at: Date;
  reason: string;
  decided_at: Date;
  accepting_organisation: string;
  team_id: string;
  coordinator_id: string | null;
  duty_holder_id: string;
  duty_until: Date;
  decided_priority: Request['priority'];
  rejection_code: Rejection['reasonCode'];
  local_reason_code: string;
  criterion_codes: string[];
  criteria_version: string;
  signpost_codes: string[];
  risk_band: Rejection['riskBand'];
  explanation: string;
}

export function toReferral(row: ReferralRow): Referral {
  const received = { ...requestOf(row), version: row.version };
  switch (row.status) {
    case 'received':
      return { ...received, status: 'received' };
    case 'accepted':
      return { ...received, status: 'accepted', acceptance: acceptanceOf(row) };
    case 'rejected':
      return { ...received, status: 'rejected', rejection: rejectionOf(row) };
  }
}

const requestOf = (row: ReferralRow): Request => ({
  id: row.id,
  personId: row.person_id,
  personIdGiven: row.person_id_given,
  referrerOrganisation: row.referrer_organisation,
  intakeOrganisation: row.intake_organisation,
  intakeTeamId: row.intake_team_id,
  sourceCode: row.source_code,
  primaryReasonCode: row.primary_reason_code,
  priority: row.priority,
  immediateRisk: row.immediate_risk,
  consent: row.consent,
  receivedAt: row.received_at,
  reason: row.reason,
});

const acceptanceOf = (row: ReferralRow): Acceptance => ({
  organisation: row.accepting_organisation,
  teamId: row.team_id,
  answeredBy:
    row.coordinator_id === null
      ? { dutyHolder: { practitionerId: row.duty_holder_id, until: row.duty_until } }
      : { coordinatorId: row.coordinator_id },
  priority: row.decided_priority,
  acceptedAt: row.decided_at,
});

const rejectionOf = (row: ReferralRow): Rejection => ({
  reasonCode: row.rejection_code,
  localReasonCode: row.local_reason_code,
  criterionCodes: row.criterion_codes,
  criteriaVersion: row.criteria_version,
  signpostCodes: row.signpost_codes,
  riskBand: row.risk_band,
  explanation: row.explanation,
  rejectedAt: row.decided_at,
});
