import { startEdge, type Edge } from './edge.fixture';

let edge: Edge;
beforeAll(async () => {
  edge = await startEdge(true);
});
afterAll(() => edge.close());

const plan = (headers: Record<string, string> = {}) =>
  edge.send('POST', '/visits', { payload: { what: 'A visit', hours: 2 }, headers });

it('every answer says what time it is', async () => {
  const at = '2026-05-01T09:00:00.000Z';
  expect((await plan({ 'x-simulated-now': at })).headers['x-simulated-now']).toBe(at);
  expect((await edge.send('GET', '/visits')).headers['x-simulated-now']).toBe('2026-03-01T09:00:00.000Z');
});

it('only goes forward', async () => {
  await plan({ 'x-simulated-now': '2026-06-01T09:00:00Z' });
  const answer = await plan({ 'x-simulated-now': '2026-04-01T09:00:00Z' });
  expect([answer.status, answer.body['code']]).toEqual([409, 'clock-behind']);
});

it.each(['tomorrow', '2026-13-01T09:00:00Z', '2026-05-01', '2026-05-01T09:00:00'])('is not set to %s', async (now) => {
  const answer = await plan({ 'x-simulated-now': now });
  expect([answer.status, answer.body['code']]).toEqual([400, 'simulated-now-invalid']);
});
