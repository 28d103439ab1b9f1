import { clientOf, type Answer, type Client } from '@homeward/testing/service';
import { randomUUID } from 'node:crypto';
import { PERSONAS, type PersonaName } from '../infra/local/issuer/personas';
import { sam } from '../tools/start/story';
import { referral } from './access.fixture';
import { startInProcess, type SystemInProcess } from './system-in-process.fixture';

const NURSE = PERSONAS['community-nurse'].sub;
const at = (hour: number, minute = 0): string => new Date(Date.UTC(2026, 2, 2, hour, minute)).toISOString();

let system: SystemInProcess;
let personId: string;
let referralId: string;
const as = (who: PersonaName): Client => clientOf(system.url, system.token(who));
const ofAnotherTrust = (...roles: string[]): Client =>
  clientOf(system.url, system.token({ sub: randomUUID(), organisation: 'RZ2', roles }));
const move = async (now: string): Promise<void> => {
  expect((await as('operations').post('/_simulation/clock', { now })).status).toBe(200);
};
const made = async (answer: Promise<Answer>): Promise<string> => {
  const { status, body } = await answer;
  expect(status).toBeLessThan(300);
  return body.id;
};

beforeAll(async () => {
  system = await startInProcess('postgres');
  await move(at(8));
  const openTeam = async (kind: string): Promise<string> => {
    const id = await made(as('manager').post('/teams', { name: kind, kind, telephone: '01632 960001' }));
    await made(as('manager').post(`/teams/${id}/practitioners`, { id: NURSE, name: 'Priya Shah', role: 'nurse' }));
    return id;
  };
  const [intake, community] = [await openTeam('intake'), await openTeam('community')];
  personId = await made(as('gp').post('/people', sam));
  await move(at(8, 1));
  referralId = await made(as('gp').post('/referrals', referral(intake, { personId })));
  await move(at(8, 2));
  const decision = { teamId: community, coordinatorId: NURSE, priority: 'soon' };
  await made(as('intake').post(`/referrals/${referralId}/accept`, decision, { ifMatch: 'W/"1"' }));
  await move(at(9));
}, 120_000);
afterAll(() => system.stop());

/** What a person is read by, in all three services. */
const readings = (): string[] => [
  `/people/${personId}`,
  `/people/${personId}/homes`,
  `/referrals/${referralId}`,
  `/referrals?personId=${personId}`,
  `/holders/${personId}`,
  `/journeys/${personId}`,
];
const statuses = async (client: Client): Promise<number[]> => {
  const answers = await Promise.all(readings().map((path) => client.get(path)));
  return answers.map(({ status }) => status);
};
const ALL = [200, 200, 200, 200, 200, 200];
const NONE = [404, 404, 404, 404, 404, 404];
const breakGlass = (client: Client, body: object = { reasonCode: 'emergency-care' }, id = personId) =>
  client.post(`/people/${id}/break-glass`, body);

it('shows the person to who broke the glass, in every service, from then on and for four hours (PERM-01)', async () => {
  const doctor = ofAnotherTrust('triage-clinician');
  expect(await statuses(doctor)).toEqual(NONE);
  const { status, body } = await breakGlass(doctor);
  expect([status, body]).toMatchObject([200, { status: 'open', until: '2026-03-02T13:00:00.000000Z' }]);
  await move(at(9, 1));
  expect(await statuses(doctor)).toEqual(ALL);
  expect((await doctor.get(`/people/cards?ids=${personId}`)).body.items).toMatchObject([{ givenName: 'Sam' }]);
  expect((await doctor.post('/people/search', { nhsNumber: sam.nhsNumber })).body.items).toHaveLength(1);
  await move(at(12, 59));
  expect(await statuses(doctor)).toEqual(ALL);
  await move(at(13));
  expect(await statuses(doctor)).toEqual(NONE);
  expect((await doctor.get(`/people/cards?ids=${personId}`)).body.items).toEqual([]);
});

it('shows nothing to somebody else of the same organisation, whatever their role', async () => {
  await breakGlass(ofAnotherTrust('coordinator'));
  await move(at(13, 1));
  for (const role of ['team-lead', 'coordinator', 'triage-clinician', 'manager', 'intake']) {
    const colleague = ofAnotherTrust(role);
    expect((await statuses(colleague)).filter((status) => status === 200)).toEqual([]);
    expect((await colleague.get(`/people/cards?ids=${personId}`)).body.items ?? []).toEqual([]);
  }
});

it('changes nothing: who looks is told that there is no such person', async () => {
  const doctor = ofAnotherTrust('team-lead');
  await breakGlass(doctor);
  await move(at(13, 2));
  expect((await doctor.get(`/people/${personId}`)).status).toBe(200);
  const commands: [string, object][] = [
    [`/people/${personId}/correct`, { basis: 'autism' }],
    [`/people/${personId}/record-death`, { diedOn: '2026-03-01' }],
    [`/people/${personId}/homes`, { ...sam.home, from: '2026-01-01' }],
    [`/referrals/${referralId}/withdraw`, { reasonCode: 'no-longer-needed' }],
    ['/hospital-stays', { personId, teamId: randomUUID(), coordinatorId: NURSE }],
  ];
  for (const [path, body] of commands) {
    expect([path, (await doctor.post(path, body, { ifMatch: 'W/"1"' })).status]).toEqual([path, 404]);
  }
});

it('is told to the privacy role of who looked, and ends in every service when it was not justified (PERM-02)', async () => {
  const doctor = ofAnotherTrust('team-lead');
  const { body: look } = await breakGlass(doctor, { reasonCode: 'other', words: 'Plantedwords' });
  await move(at(13, 3));
  expect(await statuses(doctor)).toEqual(ALL);
  const privacy = ofAnotherTrust('privacy');
  const listed = (await privacy.get('/people/work-items')).body.items;
  expect(listed).toContainEqual({ id: look.id, kind: 'review-break-glass', personId, openedAt: at(13, 2) });
  expect((await ofAnotherTrust('manager').get('/people/work-items')).body.items).toEqual([]);
  expect((await privacy.get(`/break-glass/${look.id}`)).body).toMatchObject({
    ...{ personId, reasonCode: 'other', words: 'Plantedwords', outcome: null, reviewBy: '2026-03-05' },
  });
  expect((await as('privacy').get(`/break-glass/${look.id}`)).status).toBe(404);
  expect((await as('privacy').post(`/break-glass/${look.id}/review`, { outcome: 'justified' })).status).toBe(404);

  const reviewed = await privacy.post(`/break-glass/${look.id}/review`, { outcome: 'not-justified' });
  expect([reviewed.status, reviewed.body.status]).toEqual([200, 'not-justified']);
  await move(at(13, 4));
  expect(await statuses(doctor)).toEqual(NONE);
  const open = (await privacy.get('/people/work-items')).body.items as { id: string }[];
  expect(open.map(({ id }) => id)).not.toContain(look.id);
});

it('is for somebody who exists, and tells nothing else: 404 as for everything', async () => {
  const doctor = ofAnotherTrust('coordinator');
  const unknown = await breakGlass(doctor, undefined, randomUUID());
  expect([unknown.status, unknown.body.code]).toEqual([404, 'not-found']);
  const known = await breakGlass(doctor);
  expect(Object.keys(known.body).sort()).toEqual(['id', 'links', 'status', 'until']);
  for (const role of ['referrer', 'intake', 'manager', 'commissioner']) {
    expect((await breakGlass(ofAnotherTrust(role))).status).toBe(403);
  }
});

it('opens a record to who guards privacy, who reads nothing without it, and who looked, and reviews no look of their own (PERM-21)', async () => {
  const officer = as('privacy');
  const record = [`/people/${personId}`, `/people/${personId}/homes`, `/holders/${personId}`, `/journeys/${personId}`];
  const read = async () => (await Promise.all(record.map((path) => officer.get(path)))).map(({ status }) => status);
  // The trust supports the person, and its officer may know who looked.
  expect(await read()).toEqual([404, 404, 404, 404]);
  expect((await officer.get(`/people/${personId}/looks`)).status).toBe(200);
  const { body: look } = await breakGlass(officer, { reasonCode: 'safeguarding' });
  await move(at(13, 5));
  expect(await read()).toEqual([200, 200, 200, 200]);
  const looks = (await officer.get(`/people/${personId}/looks`)).body.items as { role: string; action: string }[];
  expect(looks).toContainEqual(expect.objectContaining({ role: 'privacy', action: 'get-person', outcome: 'read' }));
  const own = await officer.post(`/break-glass/${look.id}/review`, { outcome: 'justified' });
  expect([own.status, own.body.code]).toEqual([422, 'own-look']);
  const another = clientOf(system.url, system.token({ sub: randomUUID(), organisation: 'RZ1', roles: ['privacy'] }));
  expect(await another.get(`/people/${personId}`)).toMatchObject({ status: 404 });
  expect((await another.post(`/break-glass/${look.id}/review`, { outcome: 'not-justified' })).status).toBe(200);
  await move(at(13, 6));
  expect(await read()).toEqual([404, 404, 404, 404]);
});

it('is no step of the journey, and leaves its words in no event', async () => {
  const { entries } = (await as('community-lead').get(`/journeys/${personId}`)).body;
  expect(JSON.stringify(entries)).not.toContain('break-glass');
  const [people] = system.services;
  const published = await people!.asWorker<{ payload: string }>(`SELECT payload FROM outbox WHERE type LIKE '%glass%'`);
  expect(published.length).toBeGreaterThan(3);
  expect(JSON.stringify(published)).not.toContain('Planted');
});
