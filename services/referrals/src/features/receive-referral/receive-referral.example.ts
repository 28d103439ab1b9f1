import { callNow } from '../../domain/immediate-risk';
import type { ReceiveReferralBody } from './receive-referral.http';

const intakeTeamId = '0199b6a0-0000-7000-8000-0000000000a1';
const id = '0199b6a0-0000-7000-8000-000000000010';

export const EXAMPLE_REFERRAL: ReceiveReferralBody = {
  person: {
    nhsNumber: '9990010005',
    givenName: 'Sam',
    familyName: 'Taylor',
    birthDate: '1994-05-17',
    home: { lines: ['1 Example Street'], postcode: 'ZZ99 3VZ', responsibleIcb: 'QZ1' },
    basis: 'both',
  },
  intakeTeamId,
  sourceCode: 'A1',
  primaryReasonCode: '26',
  priority: 'urgent',
  immediateRisk: true,
  consent: 'given',
  reason: 'Sam has been very distressed since moving home, and Sam’s mother fears that something will happen today.',
};

export const EXAMPLE_REFERRAL_ANSWER = {
  id,
  version: 1,
  status: 'received',
  links: { self: `/referrals/${id}` },
  immediate: {
    callNow: callNow({ id: intakeTeamId, organisation: 'RZ1', kind: 'intake', telephone: '01632 960001' }),
  },
};
