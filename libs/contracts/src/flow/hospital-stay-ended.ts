import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { answeredBy, closed, instant, leftTeam, odsCode, oneOf, responsibility, uuid } from '../schema';
import { holds, leaves } from './hospital-stay-relationships';

/** How somebody leaves a hospital: planned, or by whoever decided otherwise (DEC-02). */
export const DISCHARGE_KINDS = ['planned', 'tribunal', 'responsible-clinician', 'managers', 'self-discharge'] as const;
export type DischargeKind = (typeof DISCHARGE_KINDS)[number];

const schema = closed({
  hospitalStayId: uuid('The hospital stay'),
  episodeId: uuid('The episode'),
  kind: oneOf(DISCHARGE_KINDS, 'How the person left'),
  organisation: odsCode('The organisation of the community team'),
  teamId: uuid('The community team, accountable that instant, accepted or not (DEC-02)'),
  ...responsibility,
  leftHospital: leftTeam('The hospital team that answered until then; null where no stay was known'),
  leftCommunity: leftTeam('The community team that was named beside it, where it no longer answers'),
  until: Type.Optional(instant('Told late: when this community team no longer answered')),
});

export const hospitalStayEnded: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.hospital-stay.ended.v1',
  minor: 0,
  title: 'A hospital stay ended',
  description:
    'From the discharge on, planned or not, the community team is accountable; while it has not accepted, both teams are asked (DEC-02).',
  stream: 'person',
  schema,
  example: {
    hospitalStayId: '0199b6a0-0000-7000-8000-000000000070',
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    kind: 'planned',
    organisation: 'RZ1',
    teamId: '0199b6a0-0000-7000-8000-0000000000a2',
    coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
    dutyHolder: null,
    leftHospital: {
      hospitalStayId: '0199b6a0-0000-7000-8000-000000000070',
      organisation: 'RZ2',
      teamId: '0199b6a0-0000-7000-8000-0000000000a5',
      answeredBy: '0a3c1d52-5b0e-4f0e-8a51-000000000009',
    },
    leftCommunity: null,
  },
  relationships: ({ data, personId, occurredAt: at }) => {
    const { hospitalStayId, leftHospital, leftCommunity, episodeId, until } = data;
    const entered = { ...data, answeredBy: answeredBy(data) };
    return [
      ...leaves(personId, leftHospital, `hospital-stay/${leftHospital?.hospitalStayId ?? hospitalStayId}`, at),
      ...leaves(personId, leftCommunity, `episode/${episodeId}`, at),
      ...holds(personId, entered, `episode/${episodeId}`, at, until),
    ];
  },
};
