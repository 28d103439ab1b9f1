import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, odsCode, uuid } from '../schema';

const schema = closed({
  practitionerId: uuid('The practitioner: the `sub` of their token'),
  teamId: uuid('The team'),
  organisation: odsCode('Whose team it is'),
});

export const practitionerJoinedTeam: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.practitioner.joined-team.v1',
  minor: 0,
  title: 'A practitioner joined a team',
  description: 'From now on they can be named as co-ordinator or duty holder for the team.',
  stream: 'team',
  schema,
  example: {
    practitionerId: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
    teamId: '0199b6a0-0000-7000-8000-0000000000a2',
    organisation: 'RZ1',
  },
};
