import {
  careContactRecorded,
  newEvent,
  referralAccepted,
  referralClosed,
  referralInformationReceived,
  referralInformationRequested,
  referralReceived,
  referralRedirectAcknowledged,
  referralRedirected,
  referralRedirectWithdrawn,
  referralRejected,
  referralTriaged,
  type NewEvent,
} from '@homeward/contracts';
import { instantOf } from '@homeward/kernel';
import type { Acceptance, Referral, ReferralEvent } from '../domain/referral';

/** What the log hears of a referral, as it is after the event: codes and ids, and none of the free text. */
export function published(referral: Referral, event: ReferralEvent): NewEvent {
  const { id: referralId, personId, intakeOrganisation, intakeTeamId } = referral;
  const about = { stream: `person/${personId}`, subject: `referral/${referralId}`, personId };
  const intake = { referralId, intakeOrganisation, intakeTeamId };
  switch (event.type) {
    case 'received': {
      const { referrerOrganisation, sourceCode, primaryReasonCode, priority, immediateRisk, receivedAt } =
        event.request;
      return newEvent(referralReceived, {
        ...about,
        occurredAt: instantOf(receivedAt),
        data: { ...intake, referrerOrganisation, sourceCode, primaryReasonCode, priority, immediateRisk },
      });
    }
    case 'information-requested': {
      const { itemCodes, askedOf, dueOn, askedAt } = event.asked;
      return newEvent(referralInformationRequested, {
        ...about,
        occurredAt: instantOf(askedAt),
        data: { ...intake, itemCodes, askedOf, dueOn },
      });
    }
    case 'information-received':
      return newEvent(referralInformationReceived, {
        ...about,
        occurredAt: instantOf(event.receivedAt),
        data: intake,
      });
    case 'triaged': {
      const { priority, riskBand, immediateRiskPassed, triagedAt } = event.triage;
      return newEvent(referralTriaged, {
        ...about,
        occurredAt: instantOf(triagedAt),
        data: { ...intake, priority, riskBand, immediateRiskPassed },
      });
    }
    case 'redirected': {
      const { toOrganisation, toTeamId, reasonCode, redirectedAt } = event.redirect;
      return newEvent(referralRedirected, {
        ...about,
        occurredAt: instantOf(redirectedAt),
        data: { ...intake, toOrganisation, toTeamId, reasonCode },
      });
    }
    case 'redirect-acknowledged': {
      const { fromOrganisation, fromTeamId, acknowledgedAt } = event.acknowledgement;
      return newEvent(referralRedirectAcknowledged, {
        ...about,
        occurredAt: instantOf(acknowledgedAt),
        data: { ...intake, fromOrganisation, fromTeamId },
      });
    }
    case 'redirect-withdrawn': {
      const { toOrganisation, toTeamId } = event.redirect;
      return newEvent(referralRedirectWithdrawn, {
        ...about,
        occurredAt: instantOf(event.withdrawnAt),
        data: { ...intake, toOrganisation, toTeamId },
      });
    }
    case 'closed': {
      const { reasonCode, closedAt, event: told } = event.closing;
      return newEvent(referralClosed, {
        ...about,
        ...told,
        occurredAt: instantOf(closedAt),
        data: { ...intake, reasonCode },
      });
    }
    case 'accepted': {
      const { organisation, teamId, priority, acceptedAt, answeredBy } = event.acceptance;
      return newEvent(referralAccepted, {
        ...about,
        occurredAt: instantOf(acceptedAt),
        data: { ...intake, organisation, teamId, priority, ...responsibility(answeredBy) },
      });
    }
    case 'care-contact-recorded': {
      const { at, ...codes } = event.contact;
      return newEvent(careContactRecorded, { ...about, occurredAt: instantOf(at), data: { ...intake, ...codes } });
    }
    case 'rejected': {
      const { reasonCode, localReasonCode, criterionCodes, criteriaVersion, signpostCodes, rejectedAt } =
        event.rejection;
      return newEvent(referralRejected, {
        ...about,
        occurredAt: instantOf(rejectedAt),
        data: { ...intake, reasonCode, localReasonCode, criterionCodes, criteriaVersion, signpostCodes },
      });
    }
  }
}

function responsibility(answeredBy: Acceptance['answeredBy']) {
  if ('coordinatorId' in answeredBy) return { coordinatorId: answeredBy.coordinatorId, dutyHolder: null };
  const { practitionerId, until } = answeredBy.dutyHolder;
  return { coordinatorId: null, dutyHolder: { practitionerId, until: instantOf(until) } };
}
