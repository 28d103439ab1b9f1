import { randomUUID } from 'node:crypto';
import { startEdge, type Edge } from './edge.fixture';

let edge: Edge;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

const sub = randomUUID();
const headersWith = (more: Record<string, string>) => ({ 'x-sub': sub, ...more });
const plan = (key: string, payload: object = { what: 'A visit', hours: 2 }) =>
  edge.send('POST', '/visits', { payload, headers: headersWith({ 'idempotency-key': key }) });
const move = (id: string, payload: object, headers: Record<string, string> = { 'if-match': 'W/"1"' }) =>
  edge.send('POST', `/visits/${id}/move`, { payload, headers: headersWith(headers) });

describe('Idempotency-Key', () => {
  it('gives the first answer again: status, headers and body', async () => {
    const key = randomUUID();
    const first = await plan(key);
    expect(first.status).toBe(201);
    expect(first.headers).toMatchObject({ etag: 'W/"1"', location: `/visits/${first.body['id']}` });
    const again = await plan(key.toUpperCase());
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(again.headers).toMatchObject({
      etag: 'W/"1"',
      location: first.headers['location'],
      'idempotent-replay': 'true',
    });
    expect(first.headers['idempotent-replay']).toBeUndefined();
  });

  it('does not do for another body', async () => {
    const key = randomUUID();
    await plan(key);
    const answer = await plan(key, { what: 'A visit', hours: 3 });
    expect([answer.status, answer.body['code']]).toEqual([422, 'idempotency-mismatch']);
  });

  it('is read before If-Match is judged', async () => {
    const { body } = await plan(randomUUID());
    const key = { 'idempotency-key': randomUUID(), 'if-match': 'W/"1"' };
    expect((await move(String(body['id']), { hours: 3 }, key)).headers['etag']).toBe('W/"2"');
    expect((await move(String(body['id']), { hours: 3 }, key)).headers).toMatchObject({ 'idempotent-replay': 'true' });
  });

  it('is one caller’s own', async () => {
    const key = randomUUID();
    const mine = await plan(key);
    const theirs = await edge.send('POST', '/visits', {
      payload: { what: 'A visit', hours: 2 },
      headers: { 'idempotency-key': key, 'x-sub': randomUUID() },
    });
    expect(theirs.body['id']).not.toBe(mine.body['id']);
  });
});

describe('If-Match', () => {
  let id: string;
  beforeEach(async () => {
    id = String((await plan(randomUUID())).body['id']);
  });

  it.each([
    ['missing', {}, 428, 'precondition-required'],
    ['not an ETag', { 'if-match': 'three' }, 400, 'if-match-invalid'],
    ['a wildcard', { 'if-match': '*' }, 400, 'if-match-invalid'],
    ['another version', { 'if-match': 'W/"7"' }, 412, 'precondition-failed'],
  ])('%s', async (_, headers, status, code) => {
    const answer = await move(id, { hours: 3 }, headers as Record<string, string>);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('of another version is told the version there is', async () => {
    expect((await move(id, { hours: 3 }, { 'if-match': 'W/"7"' })).headers['etag']).toBe('W/"1"');
  });

  it('takes what a reading answered', async () => {
    const { headers } = await edge.send('GET', `/visits/${id}`);
    expect((await move(id, { hours: 3 }, { 'if-match': String(headers['etag']) })).status).toBe(200);
    expect((await edge.send('GET', `/visits/${id}`)).headers['etag']).toBe('W/"2"');
  });
});

describe('a refusal', () => {
  let id: string;
  beforeEach(async () => {
    id = String((await plan(randomUUID())).body['id']);
    await edge.db.asWorker('DELETE FROM audit');
  });

  it.each([
    ['by a rule', () => move(id, { hours: 0 }), 422, 'no-hours', 'refused:no-hours'],
    ['by a state', () => move(id, { hours: -1 }), 409, 'visit-over', 'refused:visit-over'],
    [
      'of a stale version',
      () => move(id, { hours: 3 }, { 'if-match': 'W/"9"' }),
      412,
      'precondition-failed',
      'refused:precondition-failed',
    ],
    [
      'without If-Match',
      () => move(id, { hours: 3 }, {}),
      428,
      'precondition-required',
      'refused:precondition-required',
    ],
    ['of what is not there', () => move(randomUUID(), { hours: 3 }), 404, 'not-found', 'refused:not-found'],
    ['outside write()', () => edge.send('GET', `/visits/${randomUUID()}`), 409, 'gone', 'refused:gone'],
    [
      'for the role',
      () => edge.send('GET', '/visits', { headers: { authorization: 'Bearer RZ1/referrer' } }),
      403,
      'not-permitted',
      'refused:not-permitted',
    ],
  ])('%s leaves one audit row', async (_, send, status, code, outcome) => {
    const answer = await send();
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    const rows = (await edge.auditRows()).filter((row) => row.outcome.startsWith('refused'));
    expect(rows).toEqual([expect.objectContaining({ organisation: 'RZ1', outcome })]);
  });

  it('names the rule', async () => {
    expect((await move(id, { hours: 0 })).body['rule']).toBe('VIS-01');
  });
});
