import fc from 'fast-check';
import { startEdge, type Edge } from './edge.fixture';

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
const anyHeaders = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/plain', 'a/b', ''),
    'idempotency-key': header,
    'if-match': header,
    'x-correlation-id': header,
    'x-simulated-now': header,
    authorization: fc.constantFrom('Bearer RZ1/coordinator', 'Bearer RZ1/coordinator', 'Bearer RZ1/referrer', ''),
  },
  { requiredKeys: [] },
);
/** Half of the time nothing is wrong with them, so that the body gets as far as it can. */
const headers = fc.oneof(fc.constant({ 'content-type': 'application/json' }), anyHeaders);
const url = fc.oneof(
  fc.constantFrom('/visits', '/visits/0198f1f2-7a30-7c11-8d5e-5b1f0c9a7d21/move', '/visits/x/move'),
  fc.webQueryParameters().map((query) => `/visits?${query}`),
  fc.webPath().map((path) => `/visits${path}`),
);
const field = fc.oneof(fc.anything(), fc.integer({ min: 0, max: 11 }), fc.string({ unit: 'binary' }));
/** Text that JSON carries and a database may not. */
const nasty = fc.string({ unit: fc.constantFrom('a', 'é', '🙂', '\0', '\ud800', '\udc00', '\u2028'), maxLength: 6 });
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

it('whatever a text is made of: it is kept as it is, or refused', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, async (what) => {
      const answer = await edge.send('POST', '/visits', { payload: { what, hours: 2 } });
      expect([201, 400]).toContain(answer.status);
      if (answer.status === 201) {
        const [kept] = await edge.db.asWorker<{ what: string }>('SELECT what FROM visit WHERE id = $1', [
          answer.body['id'],
        ]);
        expect(kept?.what).toBe(what);
      }
    }),
    { numRuns: 100 },
  );
});
