import { startDevelopmentIssuer, SYSTEM_CLIENTS, type DevelopmentIssuer } from '@homeward/testing';
import type { JWK } from 'jose' with { 'resolution-mode': 'import' };
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { jose } from './jose';
import { TokenVerifier } from './verifier';

const RSA = 'clinical-system';
const EC = 'integrated-care-system';

let development: DevelopmentIssuer;
let issuer: string;
beforeAll(async () => {
  development = await startDevelopmentIssuer();
  issuer = development.url;
});
afterAll(() => development.stop());

interface Wish {
  client?: string;
  alg?: string;
  audience?: string;
  jti?: string;
  expires?: number;
  /** Whose key it is signed with. */
  key?: JWK;
}

const keyOf = (client: string): JWK => JSON.parse(readFileSync(development.systemKeyFile(client), 'utf8')) as JWK;

/** As RFC 7523 has it. */
async function assertion({ client = RSA, alg = 'RS512', ...wish }: Wish = {}): Promise<string> {
  const key = wish.key ?? keyOf(client);
  return new jose.SignJWT({})
    .setProtectedHeader({ alg, typ: 'JWT', kid: key.kid })
    .setIssuer(client)
    .setSubject(client)
    .setAudience(wish.audience ?? `${issuer}/token`)
    .setJti(wish.jti ?? randomUUID())
    .setExpirationTime(Math.floor(Date.now() / 1000) + (wish.expires ?? 240))
    .sign(await jose.importJWK(key, alg));
}

async function ask(client_assertion: string): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion,
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

describe('AUTH-01: another system gets a token for its own key', () => {
  it.each([
    [RSA, 'RS512'],
    [RSA, 'RS384'],
    [RSA, 'PS256'],
    [EC, 'ES384'],
  ])('%s, signed with %s', async (client, alg) => {
    const { status, body } = await ask(await assertion({ client, alg }));
    expect(status).toBe(200);
    const verifier = new TokenVerifier({ issuer, audience: 'homeward' });
    const { sub, organisation, roles } = SYSTEM_CLIENTS[client]!;
    expect(await verifier.verify(String(body['access_token']))).toMatchObject({ sub, organisation, roles });
  });
});

describe('AUTH-01: another system gets none, and is told why', () => {
  const refused = async (wish: Wish): Promise<string> => {
    const { status, body } = await ask(await assertion(wish));
    expect([status, body['error'], body['access_token']]).toEqual([401, 'invalid_client', undefined]);
    return String(body['error_description']);
  };

  it('for another audience, for an assertion used before, for an expired one, and for a key that is not its own', async () => {
    const jti = randomUUID();
    expect((await ask(await assertion({ jti }))).status).toBe(200);
    const descriptions = {
      audience: await refused({ audience: 'https://elsewhere.example/token' }),
      replayed: await refused({ jti }),
      expired: await refused({ expires: -120 }),
      unknownKey: await refused({ key: { ...(await stranger()), kid: 'unknown' } }),
    };
    expect(descriptions).toEqual({
      audience: expect.stringMatching(/another audience/),
      replayed: expect.stringMatching(/used before/),
      expired: expect.stringMatching(/has expired/),
      unknownKey: expect.stringMatching(/not registered/),
    });
    expect(new Set(Object.values(descriptions)).size).toBe(4);
  });

  it('for a key that only has the name of its own', async () => {
    expect(await refused({ key: { ...(await stranger()), kid: `${RSA}-1` } })).toMatch(/not registered/);
  });

  it('for an assertion that is good for longer than five minutes', async () => {
    expect(await refused({ expires: 3600 })).toMatch(/lasts too long/);
  });

  it.each(['RS256', 'PS512'])('for one that is signed with %s', async (alg) => {
    expect(await refused({ alg })).toMatch(/algorithm/);
  });

  it('for one that is not signed, or signed with a secret', async () => {
    const claims = { iss: RSA, sub: RSA, aud: issuer, jti: randomUUID(), exp: Math.floor(Date.now() / 1000) + 60 };
    const secret = new TextEncoder().encode(JSON.stringify(keyOf(RSA).n));
    const signed = new jose.SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: `${RSA}-1` }).sign(secret);
    for (const token of [new jose.UnsecuredJWT(claims).encode(), await signed]) {
      expect((await ask(token)).status).toBe(401);
    }
  });

  const stranger = async (): Promise<JWK> =>
    jose.exportJWK((await jose.generateKeyPair('RS512', { extractable: true })).privateKey);
});
