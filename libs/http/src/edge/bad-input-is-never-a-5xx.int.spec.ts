import fc from 'fast-check';
import { startEdge, type Edge } from './edge-under-test';

let edge: Edge;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

const header = fc.oneof(
  fc.constant(undefined),
  fc.uuid(),
  fc.stringMatching(/^[\x20-\x7e]{0,40}$/),
  fc.constant('W/"1"'),
);
const headers = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/plain', 'a/b', ''),
    'idempotency-key': header,
    'if-match': header,
    'x-correlation-id': header,
    'x-simulated-now': header,
    authorization: fc.constantFrom('Bearer RZ1/coordinator', 'Bearer RZ1/referrer', 'Bearer', ''),
  },
  { requiredKeys: [] },
);
const url = fc.oneof(
  fc.constantFrom('/visits', '/visits/0198f1f2-7a30-7c11-8d5e-5b1f0c9a7d21/move', '/visits/x/move'),
  fc.webQueryParameters().map((query) => `/visits?${query}`),
  fc.webPath().map((path) => `/visits${path}`),
);
const field = fc.oneof(fc.anything(), fc.integer(), fc.string({ unit: 'binary' }));
const body = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.record({ what: field, hours: field, place: field }, { requiredKeys: [] }).map((value) => safely(value)),
);

function safely(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '{';
  }
}

it('whatever the body, the headers and the address are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET' as const, 'POST' as const),
      url,
      headers,
      body,
      async (method, at, sent, payload) => {
        const answer = await edge.send(method, at, {
          headers: sent as Record<string, string>,
          ...(method === 'POST' ? { payload } : {}),
        });
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400) expect(answer.headers['content-type']).toContain('application/problem+json');
      },
    ),
    { numRuns: 400 },
  );
});
