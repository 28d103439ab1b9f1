import { startEdge, type Edge } from './edge.fixture';

let edge: Edge;
beforeAll(async () => {
  edge = await startEdge(true);
});
afterAll(() => edge.close());

const plan = (headers: Record<string, string> = {}) =>
  edge.send('POST', '/visits', { payload: { what: 'A visit', hours: 2 }, headers });

const list = (headers: Record<string, string> = {}) => edge.send('GET', '/visits', { headers });

it('is real time, and stays unset, until somebody sets it', async () => {
  expect(Date.parse(String((await list()).headers['x-simulated-now']))).toBeGreaterThan(Date.now() - 60_000);
  expect(await edge.db.asWorker('SELECT now FROM simulated_clock')).toEqual([]);
});

it('is told in every answer, once it is set', async () => {
  const at = '2026-05-01T09:00:00.000Z';
  expect((await plan({ 'x-simulated-now': at })).headers['x-simulated-now']).toBe(at);
  expect((await plan()).headers['x-simulated-now']).toBe(at);
  expect((await list()).headers['x-simulated-now']).toBe(at);
});

it('only goes forward, for who writes and for who reads', async () => {
  await plan({ 'x-simulated-now': '2026-06-01T09:00:00Z' });
  for (const send of [plan, list]) {
    const answer = await send({ 'x-simulated-now': '2026-04-01T09:00:00Z' });
    expect([answer.status, answer.body['code']]).toEqual([409, 'clock-behind']);
  }
});

it.each([
  'tomorrow',
  '2026-13-01T09:00:00Z',
  '2026-05-01',
  '2026-05-01T09:00:00',
  '2026-02-30T09:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
])('is not set to %s', async (now) => {
  for (const send of [plan, list]) {
    const answer = await send({ 'x-simulated-now': now });
    expect([answer.status, answer.body['code']]).toEqual([400, 'simulated-now-invalid']);
  }
});
