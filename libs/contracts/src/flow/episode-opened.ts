import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { answeredBy, closed, instant, odsCode, responsibility, uuid } from '../schema';

const schema = closed({
  episodeId: uuid('The episode'),
  referralId: uuid('The accepted referral that it opens with'),
  organisation: odsCode('The organisation of the accountable team'),
  teamId: uuid('The accountable team'),
  ...responsibility,
  closedAt: Type.Optional(instant('Where an episode that began later, and was known already, takes over')),
});

export const episodeOpened: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.episode.opened.v1',
  minor: 0,
  title: 'An episode was opened',
  description: 'Exactly one team is accountable for the person from the acceptance on (TRF-03, DEC-04).',
  stream: 'person',
  schema,
  example: {
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    organisation: 'RZ1',
    teamId: '0199b6a0-0000-7000-8000-0000000000a2',
    coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
    dutyHolder: null,
  },
  relationships: ({ data, personId, occurredAt }) => {
    const opened = {
      change: 'open' as const,
      personId,
      organisation: data.organisation,
      subject: `episode/${data.episodeId}`,
      at: occurredAt,
      until: data.closedAt,
    };
    return [
      { ...opened, holder: `team/${data.teamId}`, kind: 'accountable-team' },
      { ...opened, holder: `practitioner/${answeredBy(data)}`, kind: 'coordinator' },
    ];
  },
};
