import Fastify, { type FastifyInstance } from 'fastify';
import { request as rawRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway } from './gateway';

/** A service that says what reached it. */
async function startService(name: string): Promise<{ server: FastifyInstance; url: string }> {
  const server = Fastify();
  server.addContentTypeParser('application/octet-stream', { parseAs: 'string' }, (_, body, done) => done(null, body));
  server.get('/health/ready', () => ({ status: 'ready', checks: { database: 'ok' } }));
  server.get('/openapi.json', () => ({
    info: {},
    tags: [{ name }],
    paths: {
      [`/${name}`]: { get: { schema: { $ref: '#/components/schemas/Thing' } } },
      [`/${name}/internal/things`]: { get: { schema: { $ref: '#/components/schemas/Inner' } } },
    },
    components: { schemas: { Thing: { type: 'string' }, Inner: { type: 'string' } } },
  }));
  server.all('/*', (request, reply) => {
    if (request.url.includes('refused')) return reply.code(503).header('retry-after', '7').send({ looks: ++looks });
    return { service: name, url: request.url, method: request.method, headers: request.headers, body: request.body };
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  return { server, url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}` };
}

let looks = 0;
let services: { server: FastifyInstance; url: string }[];
let gateway: FastifyInstance;
let url: string;

beforeAll(async () => {
  services = await Promise.all(['people', 'referrals', 'flow'].map(startService));
  const [people, referrals, flow] = services.map((service) => service.url) as [string, string, string];
  gateway = await createGateway({ host: '', port: 0, services: { people, referrals, flow }, rateLimit: 100 });
  await gateway.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await gateway.close();
  await Promise.all(services.map(({ server }) => server.close()));
});

/** Sends the path as it is: fetch would tidy it up first. */
const raw = (path: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const asked = rawRequest(`${url}/`, { path }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end();
  });

describe('a request goes to the service that has its first segment', () => {
  it.each([
    ['/people/1?x=2', 'people'],
    ['/referrals', 'referrals'],
    ['/worklist', 'referrals'],
    ['/holders/1', 'flow'],
    ['/journeys/1?asOf=2026-01-01', 'flow'],
  ])('%s', async (path, service) => {
    expect(await (await fetch(url + path)).json()).toMatchObject({ service, url: path });
  });

  it('with method, body, token and correlation id as they came', async () => {
    const headers = {
      authorization: 'Bearer abc',
      'content-type': 'application/json',
      'x-correlation-id': '0198f1f2-6c1e-7b52-9f2c-3d0c6a1b2e4f',
    };
    const response = await fetch(`${url}/people`, { method: 'POST', headers, body: '{"a":1}' });
    expect(await response.json()).toMatchObject({ method: 'POST', body: { a: 1 }, headers });
    expect(response.headers.get('x-correlation-id')).toBe(headers['x-correlation-id']);
  });

  it('with a body that is none of the gateway’s business, however it is sent', async () => {
    const headers = { 'content-type': 'application/octet-stream' };
    const body = new Blob(['{"a":', 'half']).stream();
    const response = await fetch(`${url}/people`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    expect(await response.json()).toMatchObject({ body: '{"a":half' });
  });

  it('with a correlation id drawn for it', async () => {
    const response = await fetch(`${url}/people`);
    const { headers } = (await response.json()) as { headers: Record<string, string> };
    expect(headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('x-correlation-id')).toBe(headers['x-correlation-id']);
  });
});

describe('a request goes nowhere', () => {
  it.each([
    '/people/internal/1/facts',
    '/people/%69nternal/1/facts',
    '/people/x/../internal/1/facts',
    '/people/x/%2e%2e/internal/1/facts',
    '/people/x/%2E./internal/1/facts',
    '/people\\internal/1/facts',
    '/people/%5c..%5cinternal/1/facts',
    '/people/x%2f..%2finternal/1/facts',
    '/people//internal/1/facts',
    '/people/%2569nternal/1/facts',
    '/peoples',
    '/openapi.json/x',
    '/health',
  ])('%s', async (path) => {
    const { status, text } = await raw(path);
    expect([status, JSON.parse(text)]).toEqual([404, expect.objectContaining({ code: 'no-such-route' })]);
  });

  it('whose path cannot be read', async () => {
    const { status, text } = await raw('/people/%zz');
    expect(status).toBe(400);
    expect(text).not.toContain('zz');
  });

  it('with a correlation id that is not a UUID, and it is not echoed', async () => {
    const response = await fetch(`${url}/people`, { headers: { 'x-correlation-id': 'Shepherd' } });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('Shepherd');
  });

  it.each([
    ['with its length told', 'x'.repeat(300_000)],
    ['in pieces', new Blob(['x'.repeat(200_000), 'x'.repeat(200_000)]).stream()],
  ])('of more than 256 kB, %s', async (_, body) => {
    const response = await fetch(`${url}/people`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect([response.status, await response.json()]).toEqual([413, expect.objectContaining({ code: 'too-large' })]);
  });

  it('of more than 256 kB, whose sender stops in the middle of it', async () => {
    const headers = { 'content-length': 300_000_000 };
    const status = await new Promise((resolve, reject) => {
      const sent = rawRequest(`${url}/people`, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on('error', reject).write('x'.repeat(10_000));
    });
    expect(status).toBe(413);
  });
});

it('a service that is down is 503 with Retry-After; the others go on, and ready says which', async () => {
  const flow = services[2]!;
  await flow.server.close();
  const response = await fetch(`${url}/holders/1`);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect((await fetch(`${url}/people`)).status).toBe(200);

  const ready = await fetch(`${url}/health/ready`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    expect.objectContaining({
      detail: 'Not ready: flow.',
      services: { people: { database: 'ok' }, referrals: { database: 'ok' }, flow: 'does not answer' },
    }),
  ]);
  services[2] = await startService('flow');
});

it('a service that refuses is asked once', async () => {
  looks = 0;
  const response = await fetch(`${url}/people/refused`);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
  expect(await response.json()).toEqual({ looks: 1 });
});

describe('the documentation', () => {
  const as = { headers: { authorization: 'Bearer reader' } };

  it('is one document, whose schemas carry their service’s name, without internal routes', async () => {
    const response = await createAndRead();
    expect(Object.keys(response.paths)).toEqual(['/people', '/referrals', '/flow', '/_simulation/clock']);
    expect(Object.keys(response.components.schemas)).toEqual(['people.Thing', 'referrals.Thing', 'flow.Thing']);
  });

  it('can be read at /docs, with nothing from elsewhere', async () => {
    const page = await (await fetch(`${url}/docs`, as)).text();
    for (const [, path] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await fetch(url + path, as)).status).toBe(200);
    }
    expect(page).not.toMatch(/https?:/);
  });

  async function createAndRead(): Promise<{ paths: object; components: { schemas: object } }> {
    const addresses = await Promise.all(['people', 'referrals', 'flow'].map(startService));
    const [people, referrals, flow] = addresses.map((service) => service.url) as [string, string, string];
    const other = await createGateway({ host: '', port: 0, services: { people, referrals, flow }, rateLimit: 100 });
    const answer = await other.inject('/openapi.json');
    await other.close();
    await Promise.all(addresses.map(({ server }) => server.close()));
    return answer.json();
  }
});
