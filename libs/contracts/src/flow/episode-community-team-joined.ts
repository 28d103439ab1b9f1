import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { answeredBy, closed, instant, odsCode, responsibility, uuid } from '../schema';
import { holds } from './hospital-stay-relationships';

const schema = closed({
  episodeId: uuid('The episode, opened by an admission'),
  referralId: uuid('The accepted referral that brought the team'),
  organisation: odsCode('The organisation of the community team'),
  teamId: uuid('The community team, named beside the hospital while the stay lasts'),
  ...responsibility,
  until: Type.Optional(instant('Told late: when this community team no longer answered')),
});

export const episodeCommunityTeamJoined: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.episode.community-team-joined.v1',
  minor: 0,
  title: 'A community team joined an episode that had none',
  description:
    'A team accepted a referral of a person in hospital for whom no community team answered: it is named beside the hospital (DEC-02).',
  stream: 'person',
  schema,
  example: {
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    referralId: '0199b6a0-0000-7000-8000-000000000011',
    organisation: 'RZ1',
    teamId: '0199b6a0-0000-7000-8000-0000000000a2',
    coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
    dutyHolder: null,
  },
  relationships: ({ data, personId, occurredAt }) =>
    holds(personId, { ...data, answeredBy: answeredBy(data) }, `episode/${data.episodeId}`, occurredAt, data.until),
};
