import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, odsCode, uuid } from '../schema';
import { endsIntake, endsReceiving, opensIntake } from './referral-relationships';

const schema = closed({
  referralId: uuid('The referral'),
  intakeOrganisation: odsCode('Whose intake holds the person from now on'),
  intakeTeamId: uuid('The intake that holds the person from now on'),
  fromOrganisation: odsCode('Whose intake held the person until now'),
  fromTeamId: uuid('The intake that held the person until now'),
});

export const referralRedirectAcknowledged: EventContract<Static<typeof schema>> = {
  type: 'homeward.referrals.referral.redirect-acknowledged.v1',
  minor: 0,
  title: 'A redirect was acknowledged',
  description:
    'In this moment, and not before, the other intake holds the person, and decides all that is left to decide (TRI-04, DEC-04).',
  stream: 'person',
  schema,
  example: {
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    intakeOrganisation: 'RZ2',
    intakeTeamId: '0199b6a0-0000-7000-8000-0000000000b1',
    fromOrganisation: 'RZ1',
    fromTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
  },
  relationships: (about) => {
    const { fromOrganisation, fromTeamId, intakeOrganisation, intakeTeamId } = about.data;
    const intake = { organisation: intakeOrganisation, teamId: intakeTeamId };
    return [
      endsIntake(about, { organisation: fromOrganisation, teamId: fromTeamId }),
      endsReceiving(about, intake),
      opensIntake(about, intake),
    ];
  },
};
