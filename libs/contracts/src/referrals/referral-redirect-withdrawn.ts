import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, odsCode, uuid } from '../schema';
import { endsReceiving, heldBy } from './referral-relationships';

const schema = closed({
  ...heldBy,
  toOrganisation: odsCode('Whose intake was asked to take it'),
  toTeamId: uuid('The intake that was asked to take it'),
});

export const referralRedirectWithdrawn: EventContract<Static<typeof schema>> = {
  type: 'homeward.referrals.referral.redirect-withdrawn.v1',
  minor: 0,
  title: 'A redirect was withdrawn',
  description:
    'The sender took it back, or the referral was accepted, rejected or closed before the other intake acknowledged.',
  stream: 'person',
  schema,
  example: {
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    intakeOrganisation: 'RZ1',
    intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
    toOrganisation: 'RZ2',
    toTeamId: '0199b6a0-0000-7000-8000-0000000000b1',
  },
  relationships: (about) => [
    endsReceiving(about, { organisation: about.data.toOrganisation, teamId: about.data.toTeamId }),
  ],
};
