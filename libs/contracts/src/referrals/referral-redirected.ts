import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, odsCode, oneOf, uuid } from '../schema';
import { heldBy, opensReceiving } from './referral-relationships';

/** Why a referral is somebody else's to decide. */
export const REDIRECT_REASONS = ['area', 'age', 'another-service-meets-the-need', 'already-known-there'] as const;
export type RedirectReason = (typeof REDIRECT_REASONS)[number];

const schema = closed({
  ...heldBy,
  toOrganisation: odsCode('Whose intake is asked to take it'),
  toTeamId: uuid('The intake that is asked to take it'),
  reasonCode: oneOf(REDIRECT_REASONS, 'Why'),
});

export const referralRedirected: EventContract<Static<typeof schema>> = {
  type: 'homeward.referrals.referral.redirected.v1',
  minor: 0,
  title: 'A referral was redirected',
  description:
    'It came to the wrong door and is passed on, not sent back. Until the other intake acknowledges, the sender holds the person (TRI-04, DEC-04).',
  stream: 'person',
  schema,
  example: {
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    intakeOrganisation: 'RZ1',
    intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
    toOrganisation: 'RZ2',
    toTeamId: '0199b6a0-0000-7000-8000-0000000000b1',
    reasonCode: 'area',
  },
  relationships: (about) => [
    opensReceiving(about, { organisation: about.data.toOrganisation, teamId: about.data.toTeamId }),
  ],
};
