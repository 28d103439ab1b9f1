import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, odsCode, oneOf, uuid } from '../schema';

const schema = closed({
  episodeId: uuid('The episode'),
  organisation: odsCode('The organisation of the team that was accountable last'),
  teamId: uuid('The team that was accountable last'),
  reasonCode: oneOf(['died'] as const, 'Why'),
});

export const episodeClosed: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.episode.closed.v1',
  minor: 0,
  title: 'An episode was closed',
  description:
    'Nobody is accountable from now on. Who saw the record still does: somebody has to notify the death (DEC-05).',
  stream: 'person',
  schema,
  example: {
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    organisation: 'RZ1',
    teamId: '0199b6a0-0000-7000-8000-0000000000a2',
    reasonCode: 'died',
  },
};
