import { ROLES, type Role } from '@homeward/auth';
import { uuidv7 } from '@homeward/kernel';
import type { Answer, Client, TestService } from '@homeward/testing/service';
import { randomUUID } from 'node:crypto';
import { allRoutes } from '../tools/reference/permissions';
import { EXAMPLES, type Asked, type Example } from './access.examples';
import { createWorld, type World } from './access.fixture';

const nameOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;
const routes = allRoutes().map((route, number) => ({ ...route, number, example: EXAMPLES[nameOf(route)] as Example }));
const named = routes.map((route) => [nameOf(route), route] as const);
const meeting = (...kinds: Example['stranger'][]) =>
  named.filter(([, { example }]) => kinds.includes(example?.stranger));
type TestedRoute = (typeof routes)[number];

let world: World;
beforeAll(async () => {
  world = await createWorld();
}, 180_000);
afterAll(() => world.stop());

const serviceOf = ({ service }: TestedRoute): TestService => world.services[service] as TestService;

/** Of an organisation of the route’s own, so that what one route opens to it changes nothing for the next. */
function stranger(route: TestedRoute, role: Role): Client {
  const sub = randomUUID();
  const organisation = { person: `person/${sub}`, service: 'cetr' }[role as string] ?? `X${route.number}`;
  return serviceOf(route).as({ sub, organisation, roles: [role] });
}

const owner = (route: TestedRoute): Client => {
  const { who } = route.example;
  return serviceOf(route).as(who === 'service' ? { organisation: 'flow', roles: ['service'] } : who);
};

/** The answer, and the audit rows of the route that it left. */
async function ask(route: TestedRoute, client: Client, { path, body, ifMatch }: Asked) {
  const correlationId = uuidv7();
  const headers = { 'x-correlation-id': correlationId };
  const answer =
    route.method === 'GET' ? await client.get(path, { headers }) : await client.post(path, body, { headers, ifMatch });
  const trail = await serviceOf(route).asWorker<{ outcome: string; person_ids: string[] }>(
    'SELECT outcome, person_ids FROM audit WHERE correlation_id = $1 AND action = $2 ORDER BY at',
    [correlationId, route.action],
  );
  return { answer, audited: trail.map(({ outcome }) => outcome), personIds: trail.flatMap((row) => row.person_ids) };
}

/** The one reading that is a POST is the search. */
const reads = ({ method, path }: TestedRoute): boolean => method === 'GET' || path === '/people/search';

const asked = (route: TestedRoute, id = route.example.about(world)): Asked => route.example.ask(id, world);

/** All that a caller can compare, less what differs in any two answers. */
function comparable({ status, headers, body }: Answer): unknown {
  const kept = [...headers].filter(([name]) => !['date', 'x-correlation-id', 'keep-alive'].includes(name));
  return { status, headers: kept, told: { ...(body as object), correlationId: undefined } };
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const withoutIds = (answer: Answer): string => JSON.stringify(comparable(answer)).replace(UUID, '<id>');

it('every route has its example, and every example its route', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(named.map(([name]) => name).sort());
});

describe.each(named)('%s', (_, route) => {
  it('asks who calls: 401 without a token, and with one that is not ours', async () => {
    const { path, body } = asked(route);
    for (const authorization of [undefined, 'Bearer eyJhbGciOiJub25lIn0.e30.']) {
      const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) };
      const init = { method: route.method, headers, body: body && JSON.stringify(body) };
      expect((await fetch(serviceOf(route).url + path, init)).status).toBe(401);
    }
  });

  it('is 403 for every role that it does not name, and records that', async () => {
    for (const role of ROLES.filter((other) => !route.roles.includes(other))) {
      const { answer, audited } = await ask(route, stranger(route, role), asked(route));
      expect({ role, status: answer.status, audited }).toEqual({
        role,
        status: 403,
        audited: ['refused:not-permitted'],
      });
    }
  });
});

/** For each role that may call the route: the answer about somebody, and the twin about nobody. */
async function twins(route: TestedRoute) {
  const pairs = [];
  for (const role of route.roles) {
    const known = await ask(route, stranger(route, role), asked(route));
    const unknown = await ask(route, stranger(route, role), asked(route, randomUUID()));
    pairs.push({ role, known, unknown });
  }
  return pairs;
}

describe('somebody else’s person does not exist, for every role that may call', () => {
  it.each(meeting('hidden'))('%s is 404, as for an id that nobody has', async (_, route) => {
    const outcome = route.method === 'GET' ? 'nothing-found' : 'refused:not-found';
    for (const { role, known, unknown } of await twins(route)) {
      expect({ role, status: known.answer.status }).toEqual({ role, status: 404 });
      expect(comparable(known.answer)).toEqual(comparable(unknown.answer));
      expect([known.audited, unknown.audited]).toEqual([[outcome], [outcome]]);
      expect(known.personIds).toEqual([]);
    }
  });

  it.each(meeting('hidden').filter(([, { ifMatch }]) => ifMatch))('%s tells no version either', async (_, route) => {
    for (const role of route.roles) {
      const wrong = await ask(route, stranger(route, role), { ...asked(route), ifMatch: 'W/"7"' });
      const unknown = await ask(route, stranger(route, role), { ...asked(route, randomUUID()), ifMatch: 'W/"7"' });
      expect(wrong.answer.status).toBe(404);
      expect(comparable(wrong.answer)).toEqual(comparable(unknown.answer));
    }
  });

  it.each(meeting('list'))('%s lists nothing, as for an id that nobody has', async (_, route) => {
    for (const { known, unknown } of await twins(route)) {
      expect(known.answer).toMatchObject({ status: 200, body: { items: [] } });
      expect(comparable(known.answer)).toEqual(comparable(unknown.answer));
      expect([known.audited, unknown.audited]).toEqual([['nothing-found'], ['nothing-found']]);
      expect(known.personIds).toEqual([]);
    }
  });
});

describe('what is nobody’s secret is the same for all', () => {
  it.each(meeting('open'))('%s answers alike, whoever was known before', async (_, route) => {
    for (const { known, unknown } of await twins(route)) {
      expect([200, 201, 422]).toContain(known.answer.status);
      expect(withoutIds(known.answer)).toBe(withoutIds(unknown.answer));
      expect(JSON.stringify(known.answer.body)).not.toMatch(/Taylor|9990010005|1994-05-17|Planted/);
      expect(known.audited).not.toEqual([]);
      expect(known.audited).toEqual(unknown.audited);
    }
  });
});

describe('who may and is related is answered, and that is recorded', () => {
  it.each(named)('%s', async (_, route) => {
    const { answer, audited, personIds } = await ask(route, owner(route), asked(route));
    expect(answer).toMatchObject({ status: route.status });
    expect(audited.at(-1)).toBe(reads(route) ? 'read' : 'done');
    const isAboutNobody = /^\/(teams|policy)/.test(route.path) && !route.path.endsWith('work-items');
    if (!isAboutNobody) expect(personIds).not.toEqual([]);
  });
});
