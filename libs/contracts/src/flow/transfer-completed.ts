import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { answeredBy, closed, instant, odsCode, responsibility, uuid } from '../schema';

const schema = closed({
  transferId: uuid('The transfer'),
  episodeId: uuid('The episode'),
  fromOrganisation: odsCode('The organisation that was accountable'),
  fromTeamId: uuid('The team that was accountable'),
  fromAnsweredBy: uuid('The practitioner who answered until now'),
  toOrganisation: odsCode('The organisation that is accountable now'),
  toTeamId: uuid('The team that is accountable now'),
  ...responsibility,
  firstContactAt: instant('When the receiving team first met or spoke with the person'),
  personInformedAt: instant('When the person was told who is responsible (TRF-08)'),
});

export const transferCompleted: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.transfer.completed.v1',
  minor: 0,
  title: 'A transfer was completed',
  description: 'In this moment, and not before, accountability switches to the receiving team (TRF-04).',
  stream: 'person',
  schema,
  example: {
    transferId: '0199b6a0-0000-7000-8000-000000000030',
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    fromOrganisation: 'RZ1',
    fromTeamId: '0199b6a0-0000-7000-8000-0000000000a2',
    fromAnsweredBy: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
    toOrganisation: 'RZ1',
    toTeamId: '0199b6a0-0000-7000-8000-0000000000a4',
    coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000006',
    dutyHolder: null,
    firstContactAt: '2026-11-30T10:00:00.000000Z',
    personInformedAt: '2026-11-30T10:15:00.000000Z',
  },
  relationships: ({ data, personId, occurredAt }) => {
    const episode = { personId, subject: `episode/${data.episodeId}`, at: occurredAt };
    const left = { ...episode, change: 'end' as const, organisation: data.fromOrganisation };
    const entered = { ...episode, change: 'open' as const, organisation: data.toOrganisation };
    return [
      { ...left, holder: `team/${data.fromTeamId}`, kind: 'accountable-team' },
      { ...left, holder: `practitioner/${data.fromAnsweredBy}`, kind: 'coordinator' },
      { ...entered, holder: `team/${data.toTeamId}`, kind: 'accountable-team' },
      { ...entered, holder: `practitioner/${answeredBy(data)}`, kind: 'coordinator' },
      {
        change: 'end',
        personId,
        organisation: data.toOrganisation,
        holder: `team/${data.toTeamId}`,
        kind: 'receiving-team',
        subject: `transfer/${data.transferId}`,
        at: occurredAt,
      },
    ];
  },
};
