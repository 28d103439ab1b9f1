import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, instant, leftTeam, odsCode, responsibility, uuid } from '../schema';
import { entersHospital } from './hospital-stay-relationships';

const schema = closed({
  hospitalStayId: uuid('The hospital stay'),
  episodeId: uuid('The episode'),
  organisation: odsCode('The organisation of the hospital team'),
  teamId: uuid('The hospital team that is accountable from now on'),
  ...responsibility,
  left: leftTeam('The hospital team that answered until then'),
  until: Type.Optional(instant('Told late: when this hospital team no longer answered')),
});

export const hospitalStayMoved: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.hospital-stay.moved.v1',
  minor: 0,
  title: 'A person moved between hospitals or wards',
  description: 'The stay goes on; the other hospital team is accountable that instant (DEC-01, DEC-02).',
  stream: 'person',
  schema,
  example: {
    hospitalStayId: '0199b6a0-0000-7000-8000-000000000070',
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    organisation: 'RZ1',
    teamId: '0199b6a0-0000-7000-8000-0000000000a6',
    coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000010',
    dutyHolder: null,
    left: {
      hospitalStayId: '0199b6a0-0000-7000-8000-000000000070',
      organisation: 'RZ2',
      teamId: '0199b6a0-0000-7000-8000-0000000000a5',
      answeredBy: '0a3c1d52-5b0e-4f0e-8a51-000000000009',
    },
  },
  relationships: entersHospital,
};
