import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, oneOf } from '../schema';
import { endsIntake, heldBy } from './referral-relationships';

/** Why a referral ends without an answer of the intake. */
export const CLOSING_REASONS = [
  'said-no',
  'moved-away',
  'helped-elsewhere',
  'no-longer-needed',
  'recorded-in-error',
  'died',
] as const;
export type ClosingReason = (typeof CLOSING_REASONS)[number];

const schema = closed({ ...heldBy, reasonCode: oneOf(CLOSING_REASONS, 'Why') });

export const referralClosed: EventContract<Static<typeof schema>> = {
  type: 'homeward.referrals.referral.closed.v1',
  minor: 0,
  title: 'A referral was closed',
  description:
    'It was withdrawn, by the person, by whoever referred, or by the intake, or the person died. The intake no longer holds the person for it (TRI-02).',
  stream: 'person',
  schema,
  example: {
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    intakeOrganisation: 'RZ1',
    intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
    reasonCode: 'said-no',
  },
  relationships: (about) => [
    endsIntake(about, { organisation: about.data.intakeOrganisation, teamId: about.data.intakeTeamId }),
  ],
};
