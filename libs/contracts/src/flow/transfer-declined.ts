import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, code, odsCode, oneOf, uuid } from '../schema';
import { endsReceiving } from './transfer-relationships';

/** Why a receiving team may say no (TRF-06). */
export const DECLINE_REASONS = [
  'criteria-not-met',
  'information-incomplete',
  'capacity',
  'safety',
  'better-alternative',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

const schema = closed({
  transferId: uuid('The transfer'),
  episodeId: uuid('The episode'),
  fromOrganisation: odsCode('The organisation of the team that asked'),
  fromTeamId: uuid('The team that asked'),
  toOrganisation: odsCode('The organisation of the receiving team'),
  toTeamId: uuid('The receiving team'),
  reasonCode: oneOf(DECLINE_REASONS, 'Why'),
  alternativeCode: code('What is offered instead: there is always something (TRF-06)'),
});

export const transferDeclined: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.transfer.declined.v1',
  minor: 0,
  title: 'A transfer was declined',
  description:
    'The receiving team said no, with a reason and an alternative. The other stays accountable (TRF-01, TRF-06).',
  stream: 'person',
  schema,
  example: {
    transferId: '0199b6a0-0000-7000-8000-000000000030',
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    fromOrganisation: 'RZ1',
    fromTeamId: '0199b6a0-0000-7000-8000-0000000000a2',
    toOrganisation: 'RZ1',
    toTeamId: '0199b6a0-0000-7000-8000-0000000000a4',
    reasonCode: 'criteria-not-met',
    alternativeCode: 'joint-review',
  },
  relationships: endsReceiving,
};
