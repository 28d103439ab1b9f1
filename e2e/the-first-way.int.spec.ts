import { logsUnderTest } from '@homeward/testing';
import { getToken } from '../infra/local/issuer/token';
import type { PersonaName } from '../infra/local/issuer/personas';
import { Api } from '../tools/start/api';
import { playStory, sam, type Story } from '../tools/start/story';
import type { System } from '../tools/start/system';
import { outsideTheTables } from './nothing-personal';
import { startSystem } from './system-under-test';

const DAY = 86_400_000;

/** Every process for real, from the public API to the public API: a referral becomes a responsible team. */
describe.each(logsUnderTest())('the first way, on the %s log', (log) => {
  const now = new Date();
  let system: System;
  let story: Story;
  let api: Api;
  const daysAgo = (days: number): string => new Date(now.getTime() - days * DAY).toISOString();
  const as = async (persona: PersonaName, wishes = {}) => ({ token: await getToken(system.issuer, persona, wishes) });

  beforeAll(async () => {
    system = await startSystem(log);
    story = await playStory(system.gateway, system.issuer, now, () => undefined);
    api = new Api(system.gateway);
  }, 180_000);
  afterAll(() => system.stop(), 60_000);

  it('names who holds the person now, with a team, a practitioner and a telephone number', async () => {
    const { status, body } = await api.get(`/holders/${story.personId}`, await as('intensive-nurse'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ by: 'episode', team: { id: story.teams.intensive, name: 'Intensive support team' } });
    expect(JSON.stringify(body)).toContain('Tom Okafor');
    expect(JSON.stringify(body)).toContain('01632 960003');
  });

  it.each([
    ['before completion the community team was responsible', 10, 'community'],
    ['after completion the intensive support team is', 1, 'intensive'],
  ] as const)('%s', async (_, days, team) => {
    const path = `/journeys/${story.personId}?asOf=${encodeURIComponent(daysAgo(days))}`;
    const { body } = await api.get(path, await as('community-lead'));
    expect(JSON.stringify(body['responsible'])).toContain(story.teams[team]);
  });

  it('did not know of the acceptance before it was recorded', async () => {
    const path = `/journeys/${story.personId}?asKnownOn=${encodeURIComponent(daysAgo(41))}`;
    const { body } = await api.get(path, await as('community-lead'));
    const types = (body['entries'] as { type: string }[]).map(({ type }) => type);
    expect(types).toContain('homeward.referrals.referral.received.v1');
    expect(types).not.toContain('homeward.referrals.referral.accepted.v1');
    expect(body['responsible']).toMatchObject({ by: 'intake', teamId: story.teams.intake });
  });

  it('tells how the person came here, in order', async () => {
    const { body } = await api.get(`/journeys/${story.personId}`, await as('intensive-lead'));
    expect((body['entries'] as { type: string }[]).map(({ type }) => type)).toEqual([
      'homeward.people.person.registered.v1',
      'homeward.referrals.referral.received.v1',
      // The episode opens at the very instant of the acceptance; of one instant the source's name decides.
      'homeward.flow.episode.opened.v1',
      'homeward.referrals.referral.accepted.v1',
      'homeward.flow.transfer.proposed.v1',
      'homeward.flow.transfer.accepted.v1',
      'homeward.flow.transfer.completed.v1',
    ]);
  });

  it('shows the person their own journey and who answers for them', async () => {
    const self = await as('person', { person: story.personId });
    expect((await api.get(`/holders/${story.personId}`, self)).status).toBe(200);
    expect((await api.get(`/journeys/${story.personId}`, self)).status).toBe(200);
  });

  it('shows the referrer the state of their referral, and not the rest', async () => {
    const gp = await as('gp');
    expect((await api.get(`/referrals/${story.referralId}`, gp)).body).toMatchObject({ status: 'accepted' });
    expect((await api.get(`/holders/${story.personId}`, gp)).status).toBe(404);
  });

  it.each(['holders', 'journeys', 'people'])('is silent to others about the person: %s', async (segment) => {
    const other = await as('second-trust-lead');
    const known = await api.get(`/${segment}/${story.personId}`, other);
    const unknown = await api.get(`/${segment}/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b`, other);
    expect(known.status).toBe(404);
    const { correlationId: a, ...one } = known.body;
    const { correlationId: b, ...two } = unknown.body;
    expect(a).not.toBe(b);
    expect(one).toEqual(two);
  });

  it('asks for a token, and for one that is ours', async () => {
    expect((await fetch(`${system.gateway}/holders/${story.personId}`)).status).toBe(401);
    expect((await api.get(`/holders/${story.personId}`, { token: 'eyJhbGciOiJub25lIn0.e30.' })).status).toBe(401);
  });

  it('keeps name, NHS number, birth date, address and free text inside the services', async () => {
    const refused = await api.send('POST', '/people', await as('gp'), { ...sam, birthDate: '1994-05-17T00:00' });
    expect(refused.status).toBe(400);
    const places = await outsideTheTables(system);
    places.set('the answer to a bad request', JSON.stringify(refused.body));
    expect(places.get('the topic of referrals')).toContain(story.referralId);
    for (const [place, text] of places) {
      for (const planted of ['Taylor', '9990010005', '1994-05-17', 'Example Street', 'distressed', 'Tom Okafor']) {
        expect(`${place}: ${text.includes(planted) ? planted : 'nothing'}`).toBe(`${place}: nothing`);
      }
    }
  });

  it('answers readiness for everything', async () => {
    expect((await fetch(`${system.gateway}/health/ready`)).status).toBe(200);
  });
});
