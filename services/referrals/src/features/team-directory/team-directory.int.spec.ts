import { practitionerJoinedTeam, teamOpened, type EventEnvelope } from '@homeward/contracts';
import { randomUUID } from 'node:crypto';
import { findTeam, foundTeam } from '../../adapters/team-directory';
import { communityTeam, nurse } from '../../domain/referral.fixture';
import { createReferrals, type Referrals } from '../../referrals.fixture';
import { teamDirectory } from './team-directory.projection';

describe('the team directory', () => {
  let service: Referrals;
  beforeAll(async () => {
    service = await createReferrals();
  });
  afterAll(() => service.drop());

  const find = async (id: string) => {
    const { text, values } = findTeam(id);
    return foundTeam(await service.asApp(undefined, text, values));
  };
  const apply = (...events: { type: string; data: object }[]) =>
    teamDirectory.apply(
      { query: <R>(text: string, values?: unknown[]) => service.asWorker<R>(text, values) },
      events as EventEnvelope[],
      'team_directory_1',
    );

  it('knows a team and who works in it, for whoever asks', async () => {
    expect(await find(communityTeam.id)).toEqual({ team: communityTeam, members: new Set([nurse]) });
    expect(await find(randomUUID())).toEqual({ team: undefined, members: new Set() });
  });

  it('takes many events at once, and one that came before', async () => {
    const teamId = randomUUID();
    const people = [randomUUID(), randomUUID()];
    const opened = { type: teamOpened.type, data: { teamId, organisation: 'RZ1', kind: 'liaison', telephone: '1234' } };
    const joined = people.map((practitionerId) => ({
      type: practitionerJoinedTeam.type,
      data: { practitionerId, teamId, organisation: 'RZ1' },
    }));
    await apply(opened, ...joined);
    await apply(opened, ...joined);
    expect((await find(teamId)).members).toEqual(new Set(people));
    expect((await find(teamId)).team?.kind).toBe('liaison');
  });
});
