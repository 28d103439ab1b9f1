import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { actingOrganisation, code, closed, odsCode, oneOf, uuid } from '../schema';

/** Local priorities (flow-staffing §1.5), most severe first; their order is not that of the national codes (PRI-01). */
export const PRIORITIES = ['emergency', 'very-urgent', 'urgent', 'soon', 'routine'] as const;
export type Priority = (typeof PRIORITIES)[number];

const schema = closed({
  referralId: uuid('The referral'),
  referrerOrganisation: actingOrganisation('Who refers'),
  intakeOrganisation: odsCode('Whose intake received it'),
  intakeTeamId: uuid('The intake that holds the person until somebody accepts (DEC-04)'),
  sourceCode: code('Where it came from (national code list)'),
  primaryReasonCode: code('Why (national code list)'),
  priority: oneOf(PRIORITIES, 'As the referrer sees it'),
  immediateRisk: Type.Boolean({ description: 'Somebody said that there is an immediate risk' }),
});

export const referralReceived: EventContract<Static<typeof schema>> = {
  type: 'homeward.referrals.referral.received.v1',
  minor: 0,
  title: 'A referral was received',
  description: 'Somebody asked for help for a person. From now on the intake holds the person (DEC-04, REF-04).',
  stream: 'person',
  schema,
  example: {
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    referrerOrganisation: 'A99001',
    intakeOrganisation: 'RZ1',
    intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
    sourceCode: 'A1',
    primaryReasonCode: '26',
    priority: 'urgent',
    immediateRisk: false,
  },
  relationships: ({ data, personId, occurredAt }) => [
    {
      change: 'open',
      personId,
      organisation: data.referrerOrganisation,
      holder: null,
      kind: 'referrer',
      subject: `referral/${data.referralId}`,
      at: occurredAt,
    },
    {
      change: 'open',
      personId,
      organisation: data.intakeOrganisation,
      holder: `team/${data.intakeTeamId}`,
      kind: 'intake',
      subject: `referral/${data.referralId}`,
      at: occurredAt,
    },
  ],
};
