import Fastify, { type FastifyInstance } from 'fastify';
import { readConfig } from './config';
import { createGateway } from './gateway';

const MOST = 20;

let service: FastifyInstance;
let gateway: FastifyInstance;
let asked = 0;
beforeEach(async () => {
  asked = 0;
  service = Fastify();
  service.get('/health/ready', () => ({ status: 'ready', checks: {} }));
  service.get('/*', ({ headers }, reply) =>
    reply.code(headers.authorization?.includes('made-up') ? 401 : 200).send({ asked: (asked += 1) }),
  );
  const url = await service.listen({ port: 0, host: '127.0.0.1' });
  const services = { people: url, referrals: url, flow: url };
  gateway = await createGateway({ host: '', port: 0, services, rateLimit: MOST });
});
afterEach(async () => {
  await gateway.close();
  await service.close();
});

const ask = (url: string, token?: string, remoteAddress?: string) =>
  gateway.inject({ url, remoteAddress, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
/** One after the other: requests that were injected in one tick would all see the count of the last. */
async function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let n = 0; n < count; n += 1) answers.push(await work());
  return answers;
}

it('is told so, and when to go on, and the service is not asked', async () => {
  await ask('/people', 'one');
  const answers = await times(MOST + 3, () => ask('/people', 'one'));
  const refused = answers.filter(({ statusCode }) => statusCode === 429);
  expect(refused).toHaveLength(3);
  expect(asked).toBe(1 + MOST);
  for (const answer of refused) {
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(answer.json()).toMatchObject({ status: 429, code: 'too-many-requests' });
  }
});

it('each for themselves: another token, and another address without one, go on', async () => {
  await times(MOST + 1, () => ask('/people', 'one'));
  await times(MOST + 1, () => ask('/people', undefined, '10.0.0.1'));
  expect((await ask('/people', 'one')).statusCode).toBe(429);
  expect((await ask('/people', undefined, '10.0.0.1')).statusCode).toBe(429);
  expect((await ask('/people', 'another')).statusCode).toBe(200);
  expect((await ask('/people', undefined, '10.0.0.2')).statusCode).toBe(200);
});

it('with tokens that nobody issued, all at one address together, and stands in the way of no other', async () => {
  await ask('/people', 'one', '10.0.0.1');
  let made = 0;
  const answers = await times(MOST + 3, () => ask('/people', `made-up-${(made += 1)}`, '10.0.0.1'));
  expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(4);
  expect((await ask('/people', 'one', '10.0.0.1')).statusCode).toBe(200);
  expect((await ask('/people', 'made-up', '10.0.0.2')).statusCode).toBe(401);
});

it('with one token, however its scheme is written', async () => {
  const schemes = ['Bearer', 'bearer', 'BEARER'];
  for (const scheme of schemes) await gateway.inject({ url: '/people', headers: { authorization: `${scheme} one` } });
  await times(MOST, () => ask('/people', 'one'));
  for (const scheme of schemes) {
    const { statusCode } = await gateway.inject({ url: '/people', headers: { authorization: `${scheme} one` } });
    expect([scheme, statusCode]).toEqual([scheme, 429]);
  }
});

it('whatever they ask for, also what is not there', async () => {
  await times(MOST / 2 + 1, () => ask('/people', 'one'));
  await times(MOST / 2, () => ask('/nothing', 'one'));
  for (const url of ['/people', '/nothing', '/openapi.json']) expect((await ask(url, 'one')).statusCode).toBe(429);
});

it('but for health, which whoever runs the system may ask for at any time', async () => {
  const answers = await times(MOST * 2, () => ask('/health/live'));
  answers.push(...(await times(MOST * 2, () => ask('/health/ready'))));
  expect(answers.filter(({ statusCode }) => statusCode !== 200)).toEqual([]);
});

it('is a setting', () => {
  const env = { PORT: '1', SERVICES: 'people=http://a,referrals=http://b,flow=http://c' };
  expect(readConfig(env).rateLimit).toBe(6_000);
  expect(readConfig({ ...env, RATE_LIMIT: '10' }).rateLimit).toBe(10);
  expect(() => readConfig({ ...env, RATE_LIMIT: 'many' })).toThrow('RATE_LIMIT');
});
