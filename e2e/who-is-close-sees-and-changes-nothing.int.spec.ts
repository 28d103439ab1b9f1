import { clientOf, type Answer, type Client } from '@homeward/testing/service';
import { randomUUID } from 'node:crypto';
import { PERSONAS, type PersonaName } from '../infra/local/issuer/personas';
import { sam } from '../tools/start/story';
import { CONSENT, referral } from './access.fixture';
import { startInProcess, type SystemInProcess } from './system-in-process.fixture';

const NURSE = PERSONAS['community-nurse'].sub;
const at = (day: number, hour: number, minute = 0): string =>
  new Date(Date.UTC(2026, 2, day, hour, minute)).toISOString();
const MOTHER = { name: 'Jo Plantedmother', is: 'parent', mayBeTold: true, mayBeContacted: true };

let system: SystemInProcess;
let personId: string;
let referralId: string;
let transferId: string;
let stayId: string;
const as = (who: PersonaName): Client => clientOf(system.url, system.token(who));
const own = (sub: string): Client =>
  clientOf(system.url, system.token({ sub, organisation: `person/${sub}`, roles: ['person'] }));
const move = async (now: string): Promise<void> => {
  expect((await as('operations').post('/_simulation/clock', { now })).status).toBe(200);
};
const made = async (answer: Promise<Answer>): Promise<string> => {
  const { status, body } = await answer;
  expect([status, body]).toEqual([status < 300 ? status : 'made', body]);
  return body.id;
};
const record = (contact: object): Promise<string> =>
  made(as('community-lead').post(`/people/${personId}/contacts`, { ...MOTHER, ...contact }));
const end = (contactId: string) => as('community-lead').post(`/people/${personId}/contacts/${contactId}/end`, {});

beforeAll(async () => {
  system = await startInProcess('postgres');
  await move(at(2, 8));
  const openTeam = async (kind: string): Promise<string> => {
    const id = await made(as('manager').post('/teams', { name: kind, kind, telephone: '01632 960001' }));
    await made(as('manager').post(`/teams/${id}/practitioners`, { id: NURSE, name: 'Priya Shah', role: 'nurse' }));
    return id;
  };
  const [intake, community, intensive, hospital] = [
    await openTeam('intake'),
    await openTeam('community'),
    await openTeam('intensive-support'),
    await openTeam('hospital'),
  ];
  // 15 years old: nobody has parental responsibility for an adult.
  personId = await made(as('gp').post('/people', { ...sam, birthDate: '2010-05-17' }));
  await move(at(2, 8, 1));
  referralId = await made(as('gp').post('/referrals', referral(intake, { personId })));
  await move(at(2, 8, 2));
  const decision = { teamId: community, coordinatorId: NURSE, priority: 'soon' };
  await made(as('intake').post(`/referrals/${referralId}/accept`, decision, { ifMatch: 'W/"1"' }));
  await move(at(2, 8, 3));
  const { episodeId } = (await as('community-lead').get(`/holders/${personId}`)).body as unknown as {
    episodeId: string;
  };
  const proposal = { episodeId, toTeamId: intensive, reasonCode: 'more-support', priority: 'soon' };
  const risks = { riskAssessedAt: at(2, 8) };
  transferId = await made(as('community-lead').post('/transfers', { ...proposal, ...risks }));
  const admission = { personId, teamId: hospital, coordinatorId: NURSE };
  stayId = await made(as('community-lead').post('/hospital-stays', admission));
  await move(at(2, 9));
}, 120_000);
afterAll(() => system.stop());

/** What somebody is read by who is close to them. */
const readings = (): string[] => [
  `/people/${personId}`,
  `/people/${personId}/homes`,
  `/people/${personId}/consents`,
  `/holders/${personId}`,
  `/journeys/${personId}`,
  `/transfers/${transferId}`,
  `/hospital-stays/${stayId}`,
];
const ALL = readings().map(() => 200);
const NONE = readings().map(() => 404);
const statuses = async (client: Client): Promise<number[]> =>
  (await Promise.all(readings().map((path) => client.get(path)))).map(({ status }) => status);
const cards = async (client: Client): Promise<object[]> =>
  (await client.get(`/people/cards?ids=${personId}`)).body.items as object[];

it('family with consent sees what the person sees, in every service, until it is ended (PERM-11, PERM-40.see)', async () => {
  const account = randomUUID();
  const mother = own(account);
  expect(await statuses(mother)).toEqual(NONE);
  const contactId = await record({ authority: 'consent', account });
  await move(at(2, 9, 1));
  expect([await statuses(mother), await cards(mother)]).toMatchObject([ALL, [{ id: personId }]]);
  expect((await end(contactId)).status).toBe(200);
  await move(at(2, 9, 2));
  expect([await statuses(mother), await cards(mother)]).toEqual([NONE, []]);
});

it('parental responsibility ends by itself on its day, in every service (PERM-11)', async () => {
  const account = randomUUID();
  await record({ authority: 'parental-responsibility', account, until: '2026-03-04' });
  await move(at(3, 23, 59));
  expect(await statuses(own(account))).toEqual(ALL);
  await move(at(4, 0));
  expect(await statuses(own(account))).toEqual(NONE);
  const [contact] = (await as('community-lead').get(`/people/${personId}/contacts`)).body.items as object[];
  expect(contact).toMatchObject({ account, holds: false, reads: false });
});

it('an advocate sees it until another is named (DEC-32)', async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  await record({ is: 'advocate', authority: 'none', account: first });
  await move(at(4, 0, 1));
  expect(await statuses(own(first))).toEqual(ALL);
  await record({ is: 'advocate', authority: 'none', account: second });
  await move(at(4, 0, 2));
  expect([await statuses(own(first)), await statuses(own(second))]).toEqual([NONE, ALL]);
});

it('they change nothing, and see neither who looked, nor the contacts, nor the referral of somebody else', async () => {
  const account = randomUUID();
  await record({ authority: 'deputy', account });
  await move(at(4, 0, 3));
  const deputy = own(account);
  expect((await deputy.get(`/people/${personId}`)).status).toBe(200);
  const hidden = ['looks', 'contacts', 'restricted-homes'].map((path) => `/people/${personId}/${path}`);
  for (const path of [...hidden, `/referrals/${referralId}`]) {
    expect([path, (await deputy.get(path)).status]).toEqual([path, 404]);
  }
  const withdrawal = { reasonCode: 'no-longer-needed' };
  const commands: [path: string, body: object, status: number][] = [
    [`/referrals/${referralId}/withdraw`, withdrawal, 404],
    [`/people/${personId}/correct`, { basis: 'autism' }, 403],
    [`/people/${personId}/contacts`, { ...MOTHER, authority: 'none' }, 403],
    [`/people/${personId}/consents`, CONSENT, 403],
    [`/transfers/${transferId}/withdraw`, withdrawal, 403],
    [`/hospital-stays/${stayId}/discharge`, { teamId: randomUUID(), kind: 'planned' }, 403],
  ];
  for (const [path, body, status] of commands) {
    expect([path, (await deputy.post(path, body, { ifMatch: 'W/"1"' })).status]).toEqual([path, status]);
  }
});

it('are no step of the journey, and stand in no event with a word', async () => {
  const { entries } = (await as('community-lead').get(`/journeys/${personId}`)).body;
  expect(JSON.stringify(entries)).not.toContain('people.contact');
  const [people] = system.services;
  const published = await people!.asWorker(`SELECT payload FROM outbox WHERE type LIKE '%.contact.%'`);
  expect(published.length).toBeGreaterThan(4);
  expect(JSON.stringify(published)).not.toContain('Planted');
});
