import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, odsCode, uuid } from '../schema';

const schema = closed({
  episodeId: uuid('The episode'),
  referralId: uuid('The accepted referral that brought the team'),
  organisation: odsCode('The organisation of the contributing team'),
  teamId: uuid('The contributing team'),
});

export const episodeTeamJoined: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.episode.team-joined.v1',
  minor: 0,
  title: 'A contributing team joined an episode',
  description:
    'A second team accepted a referral of a person for whom another team is accountable already: it contributes, and both leads are asked (TRF-03, JOINT_IST_CLDT).',
  stream: 'person',
  schema,
  example: {
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    referralId: '0199b6a0-0000-7000-8000-000000000011',
    organisation: 'RZ2',
    teamId: '0199b6a0-0000-7000-8000-0000000000a3',
  },
  relationships: ({ data, personId, occurredAt }) => [
    {
      change: 'open',
      personId,
      organisation: data.organisation,
      holder: `team/${data.teamId}`,
      kind: 'contributing-team',
      subject: `episode/${data.episodeId}`,
      at: occurredAt,
    },
  ],
};
