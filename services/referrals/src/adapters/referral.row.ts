import type { AskedOf, ClosingReason, InformationItem, Priority, RedirectReason, RiskBand } from '@homeward/contracts';
import type { Closing } from '../domain/closing';
import type { Acceptance, Referral, Rejection, Request } from '../domain/referral';

/** A row of `referral`; columns are filled as far as it has come. */
export interface ReferralRow extends RequestRow {
  version: number;
  status: Referral['status'];
  severity: number;
  /** Null in rows of earlier releases: since the receipt, and as the referrer said. */
  held_since: Date | null;
  at_immediate_risk: boolean | null;
  earlier_intakes: string[];
  /** Null in rows of earlier releases: since the receipt. */
  contact_from: Date | null;
  first_contact_at: Date | null;
  first_visit_at: Date | null;
  last_in_touch_at: Date | null;
  asked_items: InformationItem[] | null;
  asked_of: AskedOf | null;
  asked_due: string | null;
  asked_at: Date | null;
  question: string | null;
  triage_priority: Priority | null;
  triage_risk_band: RiskBand | null;
  triage_risk_passed: boolean | null;
  triaged_at: Date | null;
  triage_explanation: string | null;
  redirect_organisation: string | null;
  redirect_team_id: string | null;
  redirect_reason_code: RedirectReason | null;
  redirected_at: Date | null;
  redirect_explanation: string | null;
  decided_at: Date | null;
  accepting_organisation: string | null;
  team_id: string | null;
  coordinator_id: string | null;
  duty_holder_id: string | null;
  duty_until: Date | null;
  decided_priority: Priority | null;
  rejection_code: Rejection['reasonCode'] | null;
  local_reason_code: string | null;
  criterion_codes: string[] | null;
  criteria_version: string | null;
  signpost_codes: string[] | null;
  risk_band: RiskBand | null;
  closing_code: ClosingReason | null;
  capacity: Closing['capacity'] | null;
  /** Of a death, since it may be told otherwise. */
  closing_event_id: string | null;
  /** Of a rejection or a closing. */
  explanation: string | null;
}

interface RequestRow {
  id: string;
  person_id: string;
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
}

/** What the database has checked: a column that belongs to the status is there. */
const filled = <T>(value: T | null): T => {
  if (value === null) throw new Error('a column of this status is empty');
  return value;
};

export function toReferral(row: ReferralRow): Referral {
  const open = { ...requestOf(row), ...progressOf(row) };
  switch (row.status) {
    case 'accepted':
      return { ...open, status: row.status, acceptance: acceptanceOf(row) };
    case 'rejected':
      return { ...open, status: row.status, rejection: rejectionOf(row) };
    case 'closed':
      return { ...open, status: row.status, closing: closingOf(row) };
    case 'received':
    case 'awaiting-information':
    case 'redirected':
      return { ...open, status: row.status };
  }
}

const requestOf = (row: RequestRow): Request => ({
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

const progressOf = (row: ReferralRow) => ({
  version: row.version,
  heldSince: row.held_since ?? row.received_at,
  atImmediateRisk: row.at_immediate_risk ?? row.immediate_risk,
  earlierIntakes: row.earlier_intakes,
  contactFrom: row.contact_from ?? row.received_at,
  firstContactAt: row.first_contact_at ?? undefined,
  firstVisitAt: row.first_visit_at ?? undefined,
  lastInTouchAt: row.last_in_touch_at ?? undefined,
  ...(row.asked_at && {
    asked: {
      itemCodes: filled(row.asked_items),
      askedOf: filled(row.asked_of),
      dueOn: filled(row.asked_due),
      askedAt: row.asked_at,
      question: filled(row.question),
    },
  }),
  ...(row.triaged_at && {
    triage: {
      priority: filled(row.triage_priority),
      riskBand: filled(row.triage_risk_band),
      immediateRiskPassed: filled(row.triage_risk_passed),
      triagedAt: row.triaged_at,
      explanation: row.triage_explanation ?? undefined,
    },
  }),
  ...(row.redirected_at && {
    redirect: {
      toOrganisation: filled(row.redirect_organisation),
      toTeamId: filled(row.redirect_team_id),
      reasonCode: filled(row.redirect_reason_code),
      redirectedAt: row.redirected_at,
      explanation: row.redirect_explanation ?? undefined,
    },
  }),
});

const acceptanceOf = (row: ReferralRow): Acceptance => ({
  organisation: filled(row.accepting_organisation),
  teamId: filled(row.team_id),
  answeredBy:
    row.coordinator_id === null
      ? { dutyHolder: { practitionerId: filled(row.duty_holder_id), until: filled(row.duty_until) } }
      : { coordinatorId: row.coordinator_id },
  priority: filled(row.decided_priority),
  acceptedAt: filled(row.decided_at),
});

const rejectionOf = (row: ReferralRow): Rejection => ({
  reasonCode: filled(row.rejection_code),
  localReasonCode: filled(row.local_reason_code),
  criterionCodes: filled(row.criterion_codes),
  criteriaVersion: filled(row.criteria_version),
  signpostCodes: filled(row.signpost_codes),
  riskBand: filled(row.risk_band),
  explanation: filled(row.explanation),
  rejectedAt: filled(row.decided_at),
});

const closingOf = (row: ReferralRow): Closing => ({
  reasonCode: filled(row.closing_code),
  capacity: row.capacity ?? undefined,
  explanation: row.explanation ?? undefined,
  closedAt: filled(row.decided_at),
  ...(row.closing_event_id !== null && { event: { id: row.closing_event_id } }),
});
