import { openPools } from '@homeward/persistence';
import { eventually, logsUnderTest } from '@homeward/testing';
import { clientOf, createTestService, type Client, type TestService } from '@homeward/testing/service';
import { PERSONAS, type PersonaName } from '../infra/local/issuer/personas';
import { SERVICES } from '../tools/ops/services';
import { sam } from '../tools/start/story';
import { referral } from './access.fixture';
import { startInProcess, type SystemInProcess } from './system-in-process.fixture';

const PEOPLE = 20;
const NURSE = PERSONAS['community-nurse'].sub;
const at = (day: number): string => new Date(Date.UTC(2026, 2, day, 17)).toISOString();

describe.each(logsUnderTest())('moving the simulated clock, on the %s log', (kind) => {
  let system: SystemInProcess;
  let services: TestService[];
  const as = (who: PersonaName): Client => clientOf(system.url, system.token(who));
  const move = (now: unknown, who: PersonaName = 'operations') => as(who).post('/_simulation/clock', { now });
  const made = async (who: PersonaName, path: string, body: object, ifMatch?: string): Promise<string> => {
    const answer = await as(who).post(path, body, { ifMatch });
    expect(answer.status).toBeLessThan(300);
    return answer.body.id;
  };

  beforeAll(async () => {
    system = await startInProcess(kind);
    services = system.services;
  });
  afterAll(() => system.stop());

  const openTeam = async (teamKind: string): Promise<string> => {
    const id = await made('manager', '/teams', { name: teamKind, kind: teamKind, telephone: '01632 960001' });
    await made('manager', `/teams/${id}/practitioners`, { id: NURSE, name: 'Priya Shah', role: 'nurse' });
    return id;
  };

  it('answers when everything that was published before has been taken everywhere', async () => {
    await move(at(1));
    const [intake, community] = [await openTeam('intake'), await openTeam('community')];
    await move(at(2));
    const each = <T>(work: (n: number) => Promise<T>): Promise<T[]> =>
      Promise.all(Array.from({ length: PEOPLE }, (_, n) => work(n)));
    const somebody = { ...sam, nhsNumber: undefined, nhsNumberAbsentReason: 'not-known' };
    const people = await each((n) => made('gp', '/people', { ...somebody, familyName: `Example${n}` }));
    await move(at(3));
    const referred = await each((n) => made('gp', '/referrals', referral(intake, { personId: people[n] })));
    await move(at(4));
    const decision = { teamId: community, coordinatorId: NURSE, priority: 'soon' };
    await each((n) => made('intake', `/referrals/${referred[n]}/accept`, decision, 'W/"1"'));
    await move(at(5));
    const holders = await each(async (n) => (await as('community-lead').get(`/holders/${people[n]}`)).body);
    expect(holders.map(({ by, team }) => [by, team.id])).toEqual(people.map(() => ['episode', community]));
    const journeys = await each(async (n) => (await as('community-lead').get(`/journeys/${people[n]}`)).body);
    // Each was recorded on the day on which the clock stood, reactions too.
    for (const { entries } of journeys) {
      const days = entries.map(({ recordedAt }: { recordedAt: string }) => recordedAt.slice(0, 10));
      expect([...new Set(days)]).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
    }
  });

  it('answers when every deadline that has passed by then is told', async () => {
    await move(at(5));
    const intake = await openTeam('intake');
    const somebody = { ...sam, nhsNumber: undefined, nhsNumberAbsentReason: 'not-known' };
    const personId = await made('gp', '/people', somebody);
    await made('gp', '/referrals', { ...referral(intake, { personId }), priority: 'very-urgent' });
    await move('2026-03-05T23:00:00Z');
    const { body } = await as('intake').get(`/deadlines?teamId=${intake}`);
    expect(body.items).toEqual([
      expect.objectContaining({ ruleId: 'C1.very-urgent', state: 'missed' }),
      expect.objectContaining({ ruleId: 'C2.very-urgent', state: 'missed', escalatedTo: 'C2.on-call' }),
    ]);
  });

  it('tells the new time, in every service', async () => {
    const answer = await move('2026-03-06T18:00:00+01:00');
    expect([answer.status, answer.body, answer.headers.get('x-simulated-now')]).toEqual([200, { now: at(6) }, at(6)]);
    for (const service of services) {
      expect(await service.asWorker('SELECT now FROM simulated_clock')).toEqual([{ now: new Date(at(6)) }]);
    }
  });

  it('may be asked for again, and never goes back: 409 changes nothing anywhere', async () => {
    await move(at(7));
    expect((await move(at(7))).status).toBe(200);
    await services[2]?.asWorker('UPDATE simulated_clock SET now = $1', [at(9)]);
    const refused = await move(at(8));
    expect([refused.status, refused.body.code]).toEqual([409, 'clock-behind']);
    expect(await services[0]?.asWorker('SELECT now FROM simulated_clock')).toEqual([{ now: new Date(at(7)) }]);
    expect((await move(at(9))).status).toBe(200);
  });

  it('is for operations, and every service records who asked', async () => {
    const refused = await move(at(10), 'intake');
    expect([refused.status, refused.body.code]).toEqual([403, 'not-permitted']);
    const unknown = await fetch(`${system.url}/_simulation/clock`, { method: 'POST', body: `{"now":"${at(10)}"}` });
    expect(unknown.status).toBe(401);
    for (const service of services) {
      await eventually(async () => {
        const rows = await service.asWorker<{ outcome: string }>(
          `SELECT DISTINCT outcome FROM audit WHERE action = 'get-at-rest' ORDER BY 1`,
        );
        expect(rows.map(({ outcome }) => outcome)).toEqual(['read', 'refused:not-permitted']);
      });
    }
  });

  it.each([['2026-13-01T00:00:00Z'], ['tomorrow'], [null], [12]])('is not moved to %s', async (now) => {
    const answer = await move(now);
    expect([answer.status, answer.body.code]).toEqual([400, 'simulated-now-invalid']);
  });

  it('is 503 with Retry-After while something cannot be taken yet, and moves when it can', async () => {
    const intake = await openTeam('intake');
    const community = await openTeam('community');
    const person = await made('gp', '/people', { ...sam, nhsNumber: '9990010013' });
    await move(at(11));
    const id = await made('gp', '/referrals', referral(intake, { personId: person }));
    const pools = openPools((services[2] as TestService).config.database);
    const held = await pools.worker.connect();
    await held.query('BEGIN');
    await held.query('LOCK TABLE inbox IN EXCLUSIVE MODE');
    const decision = { teamId: community, coordinatorId: NURSE, priority: 'soon' };
    await made('intake', `/referrals/${id}/accept`, decision, 'W/"1"');
    const answer = await move(at(12));
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'not-at-rest', '5']);
    await held.query('ROLLBACK');
    held.release();
    await pools.end();
    await eventually(async () => (await move(at(12))).status === 200, 20_000);
    expect((await as('community-lead').get(`/holders/${person}`)).body.by).toBe('episode');
  });
});

it('a system on real time has no simulated clock', async () => {
  const [first] = SERVICES;
  const service = await createTestService(first as (typeof SERVICES)[number]);
  const answer = await service.as('operations').get('/_simulation/internal/at-rest');
  expect([answer.status, answer.body.code]).toEqual([400, 'no-simulated-clock']);
  await service.stop();
});
