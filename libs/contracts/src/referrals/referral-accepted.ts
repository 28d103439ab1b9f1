import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, odsCode, oneOf, responsibility, uuid } from '../schema';
import { PRIORITIES } from './referral-received';

const schema = closed({
  referralId: uuid('The referral'),
  intakeOrganisation: odsCode('Whose intake held the person'),
  intakeTeamId: uuid('The intake that held the person'),
  organisation: odsCode('The organisation of the accepting team'),
  teamId: uuid('The accepting team'),
  ...responsibility,
  priority: oneOf(PRIORITIES, 'As decided'),
});

export const referralAccepted: EventContract<Static<typeof schema>> = {
  type: 'homeward.referrals.referral.accepted.v1',
  minor: 0,
  title: 'A referral was accepted',
  description:
    'A team accepted, and names its co-ordinator or a duty holder with an end (DEC-04). An episode opens with the acceptance as its beginning.',
  stream: 'person',
  schema,
  example: {
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    intakeOrganisation: 'RZ1',
    intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
    organisation: 'RZ1',
    teamId: '0199b6a0-0000-7000-8000-0000000000a2',
    coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
    dutyHolder: null,
    priority: 'urgent',
  },
  relationships: ({ data, personId, occurredAt }) => [
    {
      change: 'end',
      personId,
      organisation: data.intakeOrganisation,
      holder: `team/${data.intakeTeamId}`,
      kind: 'intake',
      subject: `referral/${data.referralId}`,
      at: occurredAt,
    },
    {
      change: 'open',
      personId,
      organisation: data.organisation,
      holder: `team/${data.teamId}`,
      kind: 'accepting-team',
      subject: `referral/${data.referralId}`,
      at: occurredAt,
    },
  ],
};
