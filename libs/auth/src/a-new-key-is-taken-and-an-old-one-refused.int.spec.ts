import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jose } from './jose';
import { TokenVerifier } from './verifier';

const CLAIMS = { sub: '0a3c1d52-5b0e-4f0e-8a51-000000000002', organisation: 'RZ1', teams: [], roles: ['intake'] };
const MINUTE = 60_000;

type KeyPair = Awaited<ReturnType<typeof jose.generateKeyPair>>;

/** An issuer whose keys change, and that counts how often it was asked for them. */
let issuer: { url: string; published: Map<string, KeyPair>; asked: number };
let server: Server;
let later = 0;

beforeEach(async () => {
  later = 0;
  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + later);
  issuer = { url: '', published: new Map(), asked: 0 };
  server = createServer((request, response) => {
    void (async () => {
      const keys = request.url === '/jwks' ? await publicKeys() : undefined;
      const about = { issuer: issuer.url, jwks_uri: `${issuer.url}/jwks`, token_endpoint: `${issuer.url}/token` };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(keys ?? about));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer.url = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

async function publicKeys(): Promise<object> {
  issuer.asked += 1;
  const keys = [...issuer.published].map(async ([kid, { publicKey }]) => ({
    ...(await jose.exportJWK(publicKey)),
    ...{ kid, use: 'sig' },
  }));
  return { keys: await Promise.all(keys) };
}

async function newKey(kid: string): Promise<(kid?: string) => Promise<string>> {
  const pair = await jose.generateKeyPair('ES384');
  issuer.published.set(kid, pair);
  return () =>
    new jose.SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'ES384', kid })
      .setIssuer(issuer.url)
      .setAudience('homeward')
      .setExpirationTime('1h')
      .sign(pair.privateKey);
}

const verifierOf = () => new TokenVerifier({ issuer: issuer.url, audience: 'homeward' });

it('AUTH-05: takes a new key without a restart, and the old one beside it', async () => {
  const verifier = verifierOf();
  const first = await newKey('first');
  await verifier.verify(await first());
  const second = await newKey('second');
  later = 6_000;
  await expect(verifier.verify(await second())).resolves.toMatchObject({ organisation: 'RZ1' });
  await expect(verifier.verify(await first())).resolves.toMatchObject({ organisation: 'RZ1' });
  expect(issuer.asked).toBe(2);
});

it('refuses a key that the issuer took away: at once when it asks for a new one, else within five minutes', async () => {
  const verifier = verifierOf();
  const first = await newKey('first');
  await verifier.verify(await first());
  issuer.published.delete('first');
  later = 4 * MINUTE;
  await verifier.verify(await first());
  later = 5 * MINUTE + 1_000;
  await expect(verifier.verify(await first())).rejects.toMatchObject({ reason: 'invalid' });

  const second = await newKey('second');
  later += 6_000;
  await verifier.verify(await second());
  issuer.published.delete('second');
  const third = await newKey('third');
  later += 6_000;
  await verifier.verify(await third());
  await expect(verifier.verify(await second())).rejects.toMatchObject({ reason: 'invalid' });
});

it('asks the issuer once in five seconds, however many tokens come with keys that nobody knows', async () => {
  const verifier = verifierOf();
  const known = await newKey('known');
  await verifier.verify(await known());
  const unknown = await newKey('unknown');
  issuer.published.delete('unknown');
  for (let n = 0; n < 20; n += 1)
    await expect(verifier.verify(await unknown())).rejects.toMatchObject({ reason: 'invalid' });
  expect(issuer.asked).toBe(1);
  later = 6_000;
  for (let n = 0; n < 20; n += 1)
    await expect(verifier.verify(await unknown())).rejects.toMatchObject({ reason: 'invalid' });
  expect(issuer.asked).toBe(2);
});
