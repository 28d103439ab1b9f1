import { PRIORITIES } from '@homeward/contracts';
import { priorityOf, type Referral } from '../domain/referral';
import type { ReferralRow } from './referral.row';

/** The columns that change after the receipt, in the order in which `changeTo` names them. */
export type Progress = Omit<
  ReferralRow,
  | 'id'
  | 'person_id'
  | 'person_id_given'
  | 'referrer_organisation'
  | 'source_code'
  | 'primary_reason_code'
  | 'priority'
  | 'immediate_risk'
  | 'consent'
  | 'received_at'
  | 'reason'
>;

export function columnsOf(referral: Referral): Progress {
  const { asked, triage, redirect } = referral;
  return {
    version: referral.version,
    status: referral.status,
    severity: severityOf(referral),
    intake_organisation: referral.intakeOrganisation,
    intake_team_id: referral.intakeTeamId,
    held_since: referral.heldSince,
    at_immediate_risk: referral.atImmediateRisk,
    earlier_intakes: referral.earlierIntakes,
    contact_from: referral.contactFrom,
    first_contact_at: referral.firstContactAt ?? null,
    first_visit_at: referral.firstVisitAt ?? null,
    last_in_touch_at: referral.lastInTouchAt ?? null,
    asked_items: asked?.itemCodes ?? null,
    asked_of: asked?.askedOf ?? null,
    asked_due: asked?.dueOn ?? null,
    asked_at: asked?.askedAt ?? null,
    question: asked?.question ?? null,
    triage_priority: triage?.priority ?? null,
    triage_risk_band: triage?.riskBand ?? null,
    triage_risk_passed: triage?.immediateRiskPassed ?? null,
    triaged_at: triage?.triagedAt ?? null,
    triage_explanation: triage?.explanation ?? null,
    redirect_organisation: redirect?.toOrganisation ?? null,
    redirect_team_id: redirect?.toTeamId ?? null,
    redirect_reason_code: redirect?.reasonCode ?? null,
    redirected_at: redirect?.redirectedAt ?? null,
    redirect_explanation: redirect?.explanation ?? null,
    ...decided(referral),
  };
}

/** PRI-01: by how severe it is, not by the national code's number. An immediate risk comes before everything. */
const severityOf = (referral: Referral): number =>
  referral.atImmediateRisk ? 0 : PRIORITIES.indexOf(priorityOf(referral)) + 1;

const UNDECIDED = {
  decided_at: null,
  accepting_organisation: null,
  team_id: null,
  coordinator_id: null,
  duty_holder_id: null,
  duty_until: null,
  decided_priority: null,
  rejection_code: null,
  local_reason_code: null,
  criterion_codes: null,
  criteria_version: null,
  signpost_codes: null,
  risk_band: null,
  closing_code: null,
  capacity: null,
  closing_event_id: null,
  explanation: null,
};

function decided(referral: Referral): { [column in keyof typeof UNDECIDED]: ReferralRow[column] } {
  switch (referral.status) {
    case 'accepted': {
      const { acceptedAt, organisation, teamId, priority, answeredBy } = referral.acceptance;
      const dutyHolder = 'dutyHolder' in answeredBy ? answeredBy.dutyHolder : undefined;
      return {
        ...UNDECIDED,
        decided_at: acceptedAt,
        accepting_organisation: organisation,
        team_id: teamId,
        coordinator_id: 'coordinatorId' in answeredBy ? answeredBy.coordinatorId : null,
        duty_holder_id: dutyHolder?.practitionerId ?? null,
        duty_until: dutyHolder?.until ?? null,
        decided_priority: priority,
      };
    }
    case 'rejected': {
      const { rejection } = referral;
      return {
        ...UNDECIDED,
        decided_at: rejection.rejectedAt,
        rejection_code: rejection.reasonCode,
        local_reason_code: rejection.localReasonCode,
        criterion_codes: rejection.criterionCodes,
        criteria_version: rejection.criteriaVersion,
        signpost_codes: rejection.signpostCodes,
        risk_band: rejection.riskBand,
        explanation: rejection.explanation,
      };
    }
    case 'closed': {
      const { closedAt, reasonCode, capacity = null, explanation = null, event } = referral.closing;
      const closing_event_id = event?.id ?? null;
      return { ...UNDECIDED, decided_at: closedAt, closing_code: reasonCode, capacity, explanation, closing_event_id };
    }
    case 'received':
    case 'awaiting-information':
    case 'redirected':
      return UNDECIDED;
  }
}
