import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { createTestService, type Answer, type Client, type TestService } from '@homeward/testing/service';
import { DETAILS_EXAMPLE as SAM } from './adapters/person-details.dto';
import { people } from './people.module';

let service: TestService;
let practice: Client;
let referrals: Client;
let lead: Client;
beforeAll(async () => {
  service = await createTestService(people);
  practice = service.as('gp');
  referrals = service.as({ organisation: 'referrals', roles: ['service'] });
  lead = service.as('community-lead');
});
afterAll(() => service.stop());

/** All that a caller can compare: status, headers and body, less what differs in any two answers. */
function comparable({ status, headers, body }: Answer): string {
  const kept = [...headers].filter(([name]) => !['date', 'x-correlation-id'].includes(name));
  return JSON.stringify([status, kept, body]).replaceAll(String(body.id), '<id>');
}

describe('POST /people', () => {
  it('answers byte for byte alike, whether the person was known or not', async () => {
    const first = await lead.post('/people', SAM);
    const known = await practice.post('/people', SAM);
    const unknown = await practice.post('/people', { ...SAM, nhsNumber: '9990010013' });
    const questioned = await practice.post('/people', { ...SAM, birthDate: '1994-05-18' });
    expect(known.body.id).toBe(first.body.id);
    expect(known.status).toBe(201);
    expect(known.headers.get('location')).toBe(`/people/${known.body.id}`);
    expect(known.etag).toBeUndefined();
    expect(known.body).toEqual({ id: known.body.id, links: { self: `/people/${known.body.id}` } });
    for (const other of [unknown, questioned]) expect(comparable(other)).toBe(comparable(known));
  });

  it('gives the first answer again for the same key, and 422 for another body under it', async () => {
    const key = randomUUID();
    const none = { ...SAM, nhsNumber: undefined, nhsNumberAbsentReason: 'not-known' };
    const first = await practice.post('/people', none, { key });
    const again = await practice.post('/people', none, { key });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replay')).toBe('true');
    expect((await practice.post('/people', { ...none, givenName: 'Alex' }, { key })).status).toBe(422);
  });

  it.each([
    ['an unknown field', { ...SAM, gender: 'x' }, 400],
    ['no home', { ...SAM, home: undefined }, 400],
    ['a list for a home', { ...SAM, home: [] }, 400],
    ['an unknown field in the home', { ...SAM, home: { ...SAM.home, telephone: '01632 960009' } }, 400],
    ['a birth date that is no day', { ...SAM, birthDate: '1994-02-30' }, 400],
    ['a birth date in the future', { ...SAM, birthDate: '2090-01-01' }, 422],
    ['an NHS number that is none', { ...SAM, nhsNumber: '9990010006' }, 422],
    ['neither number nor reason', { ...SAM, nhsNumber: undefined }, 422],
  ])('refuses %s without repeating a value', async (_, body, status) => {
    const answer = await practice.post('/people', body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(JSON.stringify(answer.body)).not.toMatch(/Sam|Taylor|99900100|1994-0|2090-0|01632 96/);
  });

  it('answers whatever is sent with 201 or 4xx', async () => {
    const odd = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string()), fc.object());
    const field = fc.constantFrom(...Object.keys(SAM), 'nhsNumberAbsentReason');
    await fc.assert(
      fc.asyncProperty(field, odd, async (name, value) => {
        const { status } = await practice.post('/people', { ...SAM, [name]: value });
        expect(status === 201 || (status >= 400 && status < 500)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is not for the person, nor for services', async () => {
    expect((await service.as('person').post('/people', SAM)).status).toBe(403);
    expect((await referrals.post('/people', SAM)).status).toBe(403);
  });
});

describe('what comes after a registration', () => {
  it('shows the registrar what it sent, the person themself all, and a stranger 404', async () => {
    const { body } = await practice.post('/people', SAM);
    const path = `/people/${body.id}`;
    expect((await practice.get(path)).body).toMatchObject({ givenName: 'Sam', birthDate: '1994-05-17' });
    expect((await service.as('person', { person: body.id }).get(path)).body).toMatchObject({ provisional: false });
    expect((await service.as('second-trust-lead').get(path)).status).toBe(404);
    expect((await service.as('second-trust-lead').get(`/people/${randomUUID()}`)).status).toBe(404);
  });

  it('cards and search give nobody without a relationship, and refuse too many ids', async () => {
    const { body } = await practice.post('/people', SAM);
    expect((await lead.get(`/people/cards?ids=${body.id},${randomUUID()}`)).body).toEqual({ items: [] });
    expect((await lead.post('/people/search', { nhsNumber: SAM.nhsNumber })).body).toEqual({ items: [] });
    expect((await lead.post('/people/search', { familyName: null, birthDate: null })).status).toBe(422);
    expect((await lead.get(`/people/cards?ids=${Array(101).fill(randomUUID()).join(',')}`)).status).toBe(400);
    expect((await lead.get('/people/cards')).status).toBe(400);
  });

  it('lists open questions to managers of who supports them, page by page', async () => {
    for (const birthDate of ['1994-05-19', '1994-05-20']) {
      const { body } = await service.as('second-trust-lead').post('/people', { ...SAM, birthDate });
      await service.asWorker(
        `INSERT INTO relationship (source, person_id, organisation, kind, subject, "from")
         VALUES ('/homeward/flow', $1, 'RZ2', 'accountable-team', 'episode/1', now() - interval '1 day')`,
        [body.id],
      );
    }
    const first = await service.as('second-trust-lead').get('/people/work-items?limit=1');
    expect(first.body.items).toHaveLength(1);
    const second = await service.as('second-trust-lead').get(`/people/work-items?limit=1&cursor=${first.body.next}`);
    expect(second.body.items).toHaveLength(1);
    expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
    expect((await practice.get('/people/work-items')).status).toBe(403);
  });
});

describe('/people/internal', () => {
  it('registers for another organisation, once for one request, and tells a service the facts', async () => {
    const request = { requestId: randomUUID(), organisation: 'A99001', person: { ...SAM, nhsNumber: '9990010021' } };
    const first = await referrals.post('/people/internal/registrations', request);
    const again = await referrals.post('/people/internal/registrations', request);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    const path = `/people/internal/${first.body.id}/facts`;
    expect((await referrals.get(path)).body).toMatchObject({ basis: 'both', responsibleIcb: 'QZ1', sequence: '1' });
    expect((await practice.get(`/people/${first.body.id}`)).body).toMatchObject({ nhsNumber: '9990010021' });
    const rows = await service.asWorker('SELECT organisation, outcome FROM audit WHERE route LIKE $1 ORDER BY at', [
      '%registrations',
    ]);
    expect(rows).toEqual([
      { organisation: 'referrals', outcome: 'done' },
      { organisation: 'referrals', outcome: 'replayed' },
    ]);
  });

  it('registers a person for themself or their family', async () => {
    const organisation = `person/${randomUUID()}`;
    const request = { requestId: randomUUID(), organisation, person: SAM };
    expect((await referrals.post('/people/internal/registrations', request)).status).toBe(201);
  });

  it('refuses another body under the same request, an empty person, and everybody but services', async () => {
    const request = { requestId: randomUUID(), organisation: 'A99001', person: SAM };
    await referrals.post('/people/internal/registrations', request);
    const other = { ...request, organisation: 'RZ2' };
    expect((await referrals.post('/people/internal/registrations', other)).status).toBe(422);
    expect((await referrals.post('/people/internal/registrations', { ...request, person: [] })).status).toBe(400);
    expect((await lead.post('/people/internal/registrations', request)).status).toBe(403);
    expect((await lead.get(`/people/internal/${randomUUID()}/facts`)).status).toBe(403);
    expect((await referrals.get(`/people/internal/${randomUUID()}/facts`)).status).toBe(404);
  });
});
