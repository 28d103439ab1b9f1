import type { Accept, Rejection, Request, Team } from './referral';

/** A referral as the tests know it: received on Wednesday 25 November 2026, at nine. */
export const NOW = new Date('2026-11-25T12:00:00Z');
export const RECEIVED_AT = new Date('2026-11-25T09:00:00Z');

export const intake: Team = {
  id: '0199b6a0-0000-7000-8000-0000000000a1',
  organisation: 'RZ1',
  kind: 'intake',
  telephone: '01632 960001',
};
/** Of another trust: a referral may be passed on to it. */
export const otherIntake: Team = { ...intake, id: '0199b6a0-0000-7000-8000-0000000000b1', organisation: 'RZ2' };
export const communityTeam: Team = { ...intake, id: '0199b6a0-0000-7000-8000-0000000000a2', kind: 'community' };
export const nurse = '0a3c1d52-5b0e-4f0e-8a51-000000000004';

export const request: Request = {
  id: '0199b6a0-0000-7000-8000-000000000010',
  personId: '5f9c0a61-6c2b-4c55-8f7e-0d3f6a1b2c3d',
  personIdGiven: true,
  referrerOrganisation: 'A99001',
  intakeOrganisation: intake.organisation,
  intakeTeamId: intake.id,
  sourceCode: 'A1',
  primaryReasonCode: '30',
  priority: 'soon',
  immediateRisk: false,
  consent: 'given',
  receivedAt: RECEIVED_AT,
  reason: 'Has been distressed since moving home.',
};

export const acceptance: Accept = {
  team: communityTeam,
  members: new Set([nurse]),
  coordinatorId: nurse,
  priority: 'urgent',
  acceptedAt: NOW,
};

/** A rejection without its moment. */
export const rejecting: Omit<Rejection, 'rejectedAt'> = {
  reasonCode: '02',
  localReasonCode: 'mainstream-can-meet',
  criterionCodes: ['ELG-05'],
  criteriaVersion: '2026-04',
  signpostCodes: ['talking-therapies'],
  riskBand: 'low',
  explanation: 'Talking therapies can help, with reasonable adjustments.',
};
export const rejection: Rejection = { ...rejecting, rejectedAt: NOW };
