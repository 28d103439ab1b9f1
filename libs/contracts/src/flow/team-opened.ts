import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, odsCode, oneOf, serviceTelephone, uuid } from '../schema';

export const TEAM_KINDS = ['intake', 'community', 'intensive-support', 'forensic', 'hospital', 'liaison'] as const;
export type TeamKind = (typeof TEAM_KINDS)[number];

const schema = closed({
  teamId: uuid('The team'),
  organisation: odsCode('Whose team it is'),
  kind: oneOf(TEAM_KINDS, 'What the team does'),
  telephone: serviceTelephone('The number that is answered'),
});

export const teamOpened: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.team.opened.v1',
  minor: 0,
  title: 'A team was opened',
  description: 'From now on the team can receive, accept and be accountable.',
  stream: 'team',
  schema,
  example: {
    teamId: '0199b6a0-0000-7000-8000-0000000000a1',
    organisation: 'RZ1',
    kind: 'intake',
    telephone: '01632 960001',
  },
};
