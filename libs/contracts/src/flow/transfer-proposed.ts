import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { PRIORITIES } from '../referrals/referral-received';
import { closed, code, odsCode, oneOf, uuid } from '../schema';

const schema = closed({
  transferId: uuid('The transfer'),
  episodeId: uuid('The episode'),
  fromOrganisation: odsCode('The organisation of the accountable team'),
  fromTeamId: uuid('The accountable team, until completion'),
  toOrganisation: odsCode('The organisation of the receiving team'),
  toTeamId: uuid('The receiving team'),
  reasonCode: code('Why'),
  priority: oneOf(PRIORITIES, 'How soon an answer is needed'),
});

export const transferProposed: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.transfer.proposed.v1',
  minor: 0,
  title: 'A transfer was proposed',
  description:
    'The accountable team asks another to take over. Until completion it stays accountable (TRF-01, TRF-04).',
  stream: 'person',
  schema,
  example: {
    transferId: '0199b6a0-0000-7000-8000-000000000030',
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    fromOrganisation: 'RZ1',
    fromTeamId: '0199b6a0-0000-7000-8000-0000000000a2',
    toOrganisation: 'RZ1',
    toTeamId: '0199b6a0-0000-7000-8000-0000000000a4',
    reasonCode: 'more-intensive-support',
    priority: 'urgent',
  },
  relationships: ({ data, personId, occurredAt }) => [
    {
      change: 'open',
      personId,
      organisation: data.toOrganisation,
      holder: `team/${data.toTeamId}`,
      kind: 'receiving-team',
      subject: `transfer/${data.transferId}`,
      at: occurredAt,
    },
  ],
};
