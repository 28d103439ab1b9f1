import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, instant, odsCode, responsibility, uuid } from '../schema';

const schema = closed({
  transferId: uuid('The transfer'),
  episodeId: uuid('The episode'),
  toOrganisation: odsCode('The organisation of the receiving team'),
  toTeamId: uuid('The receiving team'),
  ...responsibility,
  startsAt: instant('When the receiving team means to begin'),
});

export const transferAccepted: EventContract<Static<typeof schema>> = {
  type: 'homeward.flow.transfer.accepted.v1',
  minor: 0,
  title: 'A transfer was accepted',
  description: 'The receiving team agreed and names who will answer. Nothing switches yet (TRF-04).',
  stream: 'person',
  schema,
  example: {
    transferId: '0199b6a0-0000-7000-8000-000000000030',
    episodeId: '0199b6a0-0000-7000-8000-000000000020',
    toOrganisation: 'RZ1',
    toTeamId: '0199b6a0-0000-7000-8000-0000000000a4',
    coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000006',
    dutyHolder: null,
    startsAt: '2026-11-30T09:00:00.000000Z',
  },
};
