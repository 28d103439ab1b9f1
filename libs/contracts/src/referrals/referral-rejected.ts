import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, code, odsCode, oneOf, uuid } from '../schema';

/** National reasons for a rejection (flow-staffing §1.8): the code list keeps its numbers. */
export const REJECTION_REASONS = ['01', '02', '03'] as const;

const schema = closed({
  referralId: uuid('The referral'),
  intakeOrganisation: odsCode('Whose intake held the person'),
  intakeTeamId: uuid('The intake that held the person'),
  reasonCode: oneOf(REJECTION_REASONS, 'National rejection reason'),
  localReasonCode: code('Local reason'),
  criterionCodes: Type.Array(code('A criterion'), { description: 'The criteria cited (ELG-10)' }),
  criteriaVersion: code('The version of the criteria'),
  signpostCodes: Type.Array(code('A service'), { minItems: 1, description: 'Where help may be found (TRI-02)' }),
});

export const referralRejected: EventContract<Static<typeof schema>> = {
  type: 'homeward.referrals.referral.rejected.v1',
  minor: 0,
  title: 'A referral was rejected',
  description: 'The intake said no, with a reason, the criterion and at least one place to turn to (TRI-02, TRI-03).',
  stream: 'person',
  schema,
  example: {
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    intakeOrganisation: 'RZ1',
    intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
    reasonCode: '02',
    localReasonCode: 'mainstream-can-meet',
    criterionCodes: ['ELG-05'],
    criteriaVersion: '2026-04',
    signpostCodes: ['talking-therapies'],
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
  ],
};
