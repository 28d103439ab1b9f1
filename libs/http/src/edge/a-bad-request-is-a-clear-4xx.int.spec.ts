import { startEdge, type Edge } from './edge.fixture';

let edge: Edge;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

const json = { 'content-type': 'application/json' };
const good = { what: 'A visit', hours: 2 };
const plan = (payload: string | object, headers: Record<string, string | undefined> = {}) =>
  edge.send('POST', '/visits', { payload, headers: { ...json, ...(headers as Record<string, string>) } });

describe('a body', () => {
  it.each([
    ['that is not JSON', '{"what":', 400, 'bad-request'],
    ['that is empty', '', 400, 'bad-request'],
    ['with a prototype in it', '{"__proto__": {"hours": 1}}', 400, 'bad-request'],
    ['that is an array', '[]', 400, 'invalid-fields'],
    ['that is null', 'null', 400, 'invalid-fields'],
    ['with a NUL character', '{"what": "a\\u0000b", "hours": 2}', 400, 'not-text'],
    ['with half of a surrogate pair', '{"what": "\\ud800", "hours": 2}', 400, 'not-text'],
    ['nested ten thousand deep', `{"what": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 400, 'too-deep'],
    ['of 300 kB', JSON.stringify({ what: 'x'.repeat(300_000), hours: 2 }), 413, 'too-large'],
  ])('%s', async (_, payload, status, code) => {
    const answer = await plan(payload);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense'])(
    'of the type %s is 415',
    async (type) => {
      const answer = await plan('hours=2', { 'content-type': type });
      expect([answer.status, answer.body['code']]).toEqual([415, 'not-json']);
    },
  );

  it('says all that is wrong, by pointer, and repeats nothing that was sent', async () => {
    const answer = await plan({
      what: 9434765919,
      hours: 'Shepherd',
      place: { town: 17, street: 'Elm Row' },
      nickname: 'Robin',
      '943 476 5919': true,
    });
    expect(answer.status).toBe(400);
    expect((answer.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual(
      expect.arrayContaining(['/', '/hours', '/nickname', '/place/street', '/place/town', '/what']),
    );
    expect(answer.text).not.toMatch(/9434765919|943 476|Shepherd|Elm Row|Robin/);
  });

  it('does not pass for a number when it is text', async () => {
    expect((await plan({ ...good, hours: '2' })).status).toBe(400);
  });
});

describe('a header', () => {
  it.each([
    ['Idempotency-Key missing', { 'idempotency-key': undefined }, 'idempotency-key-missing'],
    ['Idempotency-Key not a UUID', { 'idempotency-key': 'Shepherd' }, 'idempotency-key-invalid'],
    ['X-Correlation-ID not a UUID', { 'x-correlation-id': 'Shepherd' }, 'correlation-id-invalid'],
    ['X-Simulated-Now on real time', { 'x-simulated-now': '2026-03-01T09:00:00Z' }, 'no-simulated-clock'],
  ])('%s is 400 and not echoed', async (_, headers, code) => {
    const answer = await plan(good, headers);
    expect([answer.status, answer.body['code']]).toEqual([400, code]);
    expect(answer.text + JSON.stringify(answer.headers)).not.toContain('Shepherd');
  });

  it('X-Correlation-ID is answered, and drawn where there is none', async () => {
    const id = '0198f1f2-6c1e-7b52-9f2c-3d0c6a1b2e4f';
    expect((await edge.send('GET', '/visits', { headers: { 'x-correlation-id': id } })).headers).toMatchObject({
      'x-correlation-id': id,
    });
    expect((await edge.send('GET', '/visits')).headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('X-Correlation-ID stands in a problem', async () => {
    const { headers, body } = await plan('{');
    expect(body['correlationId']).toBe(headers['x-correlation-id']);
  });
});

describe('an address', () => {
  it.each([
    ['GET', '/visits/Shepherd', 400, 'id-invalid'],
    ['GET', '/nothing/Shepherd', 404, 'no-such-route'],
    ['GET', '/visits/%zz', 400, 'bad-request'],
    ['GET', '/visits?limit=1000', 400, 'invalid-fields'],
    ['GET', '/visits?name=Shepherd', 400, 'invalid-fields'],
    ['GET', '/visits?kind=%00', 400, 'not-text'],
    ['PUT', '/visits', 405, 'method-not-allowed'],
  ] as const)('%s %s is %s', async (method, url, status, code) => {
    const answer = await edge.send(method, url);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.text).not.toContain('Shepherd');
  });

  it('says which methods it has', async () => {
    expect((await edge.send('PUT', '/visits')).headers['allow']).toBe('GET, POST');
  });
});

describe('a caller', () => {
  it('without a token is 401, and told how to sign in', async () => {
    const answer = await edge.send('GET', '/visits', { headers: { authorization: '' } });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });

  it('without a role that may is 403', async () => {
    const answer = await edge.send('GET', '/visits', { headers: { authorization: 'Bearer RZ1/referrer' } });
    expect([answer.status, answer.body['code']]).toEqual([403, 'not-permitted']);
  });
});
