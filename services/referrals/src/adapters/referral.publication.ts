import { newEvent, referralAccepted, referralReceived, referralRejected, type NewEvent } from '@homeward/contracts';
import { instantOf } from '@homeward/kernel';
import type { Acceptance, Referral, ReferralEvent } from '../domain/referral';

/** What the log hears of a referral: codes and ids, and none of the free text. */
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
    case 'accepted': {
      const { organisation, teamId, priority, acceptedAt, answeredBy } = event.acceptance;
      return newEvent(referralAccepted, {
        ...about,
        occurredAt: instantOf(acceptedAt),
        data: { ...intake, organisation, teamId, priority, ...responsibility(answeredBy) },
      });
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
