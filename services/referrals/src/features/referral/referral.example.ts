import type { ReferralAnswer } from './referral.answer';

export const EXAMPLE_ANSWER: ReferralAnswer = {
  id: '0199b6a0-0000-7000-8000-000000000010',
  version: 2,
  status: 'accepted',
  receivedAt: '2026-11-25T09:00:00.000Z',
  intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
  personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
  acceptance: {
    acceptedAt: '2026-11-26T10:30:00.000Z',
    teamId: '0199b6a0-0000-7000-8000-0000000000a2',
    telephone: '01632 960002',
    priority: 'urgent',
    coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
  },
  referrerOrganisation: 'A99001',
  sourceCode: 'A1',
  primaryReasonCode: '26',
  priority: 'urgent',
  immediateRisk: false,
  consent: 'given',
  reason: 'Sam has been distressed since moving home and wants help to settle.',
  links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
};
