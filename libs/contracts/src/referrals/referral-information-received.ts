import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed } from '../schema';
import { heldBy } from './referral-relationships';

const schema = closed(heldBy);

export const referralInformationReceived: EventContract<Static<typeof schema>> = {
  type: 'homeward.referrals.referral.information-received.v1',
  minor: 0,
  title: 'Information was received',
  description: 'What the intake had asked for has come, all of it or as much as will come; it can decide (TRI-02).',
  stream: 'person',
  schema,
  example: {
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    intakeOrganisation: 'RZ1',
    intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
  },
};
