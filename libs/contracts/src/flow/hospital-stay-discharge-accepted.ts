import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, odsCode, uuid } from '../schema';

const schema = closed({
  hospitalStayId: uuid('The hospital stay'),
  episodeId: uuid('The episode'),
  organisation: odsCode('The organisation of the community team'),
  teamId: uuid('The community team'),
});

export const hospitalStayDischargeAccepted: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.hospital-stay.discharge-accepted.v1',
  minor: 0,
  title: 'A community team accepted a discharge',
  description: 'It was accountable from the discharge on; now it has said that it knows (DEC-02).',
  stream: 'person',
  schema,
  example: {
    hospitalStayId: '0199b6a0-0000-7000-8000-000000000070',
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    organisation: 'RZ1',
    teamId: '0199b6a0-0000-7000-8000-0000000000a2',
  },
};
