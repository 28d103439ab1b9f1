import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, odsCode, oneOf, uuid } from '../schema';
import { endsReceiving } from './transfer-relationships';

const schema = closed({
  transferId: uuid('The transfer'),
  episodeId: uuid('The episode'),
  fromOrganisation: odsCode('The organisation of the team that asked'),
  fromTeamId: uuid('The team that asked'),
  toOrganisation: odsCode('The organisation of the receiving team'),
  toTeamId: uuid('The receiving team'),
  by: oneOf(['admission', 'discharge', 'death'] as const, 'What happened'),
});

export const transferSuperseded: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.transfer.superseded.v1',
  minor: 0,
  title: 'A transfer was superseded',
  description:
    'What happened took its place: an admission, a discharge to another team, or a death. Both teams are told (DEC-02, DEC-05).',
  stream: 'person',
  schema,
  example: {
    transferId: '0199b6a0-0000-7000-8000-000000000030',
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    fromOrganisation: 'RZ1',
    fromTeamId: '0199b6a0-0000-7000-8000-0000000000a2',
    toOrganisation: 'RZ1',
    toTeamId: '0199b6a0-0000-7000-8000-0000000000a4',
    by: 'admission',
  },
  relationships: endsReceiving,
};
