import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, instant, leftTeam, odsCode, responsibility, uuid } from '../schema';
import { entersHospital } from './hospital-stay-relationships';

const schema = closed({
  hospitalStayId: uuid('The hospital stay'),
  episodeId: uuid('The episode; it opens with the admission where there was none (DEC-04)'),
  organisation: odsCode('The organisation of the hospital team'),
  teamId: uuid('The hospital team, accountable while the stay lasts (DEC-02)'),
  ...responsibility,
  left: leftTeam('The hospital team that answered until then: an admission without a discharge is a move'),
  until: Type.Optional(instant('Told late: when this hospital team no longer answered')),
});

export const hospitalStayBegan: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.hospital-stay.began.v1',
  minor: 0,
  title: 'A hospital stay began',
  description:
    'From the admission on the hospital team is accountable; the community team and its co-ordinator stay named beside it (DEC-02).',
  stream: 'person',
  schema,
  example: {
    hospitalStayId: '0199b6a0-0000-7000-8000-000000000070',
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    organisation: 'RZ2',
    teamId: '0199b6a0-0000-7000-8000-0000000000a5',
    coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000009',
    dutyHolder: null,
    left: null,
  },
  relationships: entersHospital,
};
