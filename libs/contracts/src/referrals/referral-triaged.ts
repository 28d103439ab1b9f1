import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, oneOf } from '../schema';
import { PRIORITIES } from './referral-received';
import { heldBy } from './referral-relationships';

/** How much risk a registered clinician sees (FLG-07); high or immediate is not turned away (TRI-03). */
export const RISK_BANDS = ['low', 'medium', 'high', 'immediate'] as const;
export type RiskBand = (typeof RISK_BANDS)[number];

const schema = closed({
  ...heldBy,
  priority: oneOf(PRIORITIES, 'As the clinician sees it'),
  riskBand: oneOf(RISK_BANDS, 'As the clinician sees it'),
  immediateRiskPassed: Type.Boolean({ description: 'The clinician found that an immediate risk has passed' }),
});

export const referralTriaged: EventContract<Static<typeof schema>> = {
  type: 'homeward.referrals.referral.triaged.v1',
  minor: 0,
  title: 'A referral was triaged',
  description: 'A registered clinician set priority and risk. It may be done again until something is decided.',
  stream: 'person',
  schema,
  example: {
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    intakeOrganisation: 'RZ1',
    intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
    priority: 'urgent',
    riskBand: 'medium',
    immediateRiskPassed: false,
  },
};
