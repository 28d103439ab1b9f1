import { jose } from './jose';
import { InvalidToken, TokenVerifier } from './verifier';

const FOREIGN = 'https://login.example';
const LOCAL = 'http://localhost:8100';
const SUB = '0a3c1d52-5b0e-4f0e-8a51-000000000002';
const TEAM = '0199b6a0-0000-7000-8000-0000000000a1';
const claims = { sub: SUB, organisation: 'RZ1', teams: [TEAM], roles: ['intake'] };

interface Wish {
  alg?: string;
  issuer?: string;
  audience?: string;
  expires?: number;
  claims?: object;
}

type Key = Awaited<ReturnType<typeof jose.generateKeyPair>>;
const keys = new Map<string, Key>();

/** A key for each algorithm that a token here is signed with. */
async function keyOf(alg: string): Promise<Key> {
  const key = keys.get(alg) ?? (await jose.generateKeyPair(alg, { extractable: true }));
  keys.set(alg, key);
  return key;
}

async function tokenOf({ alg = 'RS512', issuer = FOREIGN, audience = 'homeward', expires = 600, ...wish }: Wish = {}) {
  const { privateKey } = await keyOf(alg);
  return new jose.SignJWT({ ...claims, ...wish.claims })
    .setProtectedHeader({ alg, kid: alg })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(Math.floor(Date.now() / 1000) + expires)
    .sign(privateKey);
}

async function verifierOf(issuer: string, algorithms: string[]): Promise<TokenVerifier> {
  const publicKeys = algorithms.map(async (alg) => ({
    ...(await jose.exportJWK((await keyOf(alg)).publicKey)),
    kid: alg,
  }));
  const keySet = jose.createLocalJWKSet({ keys: await Promise.all(publicKeys) });
  return new TokenVerifier({ issuer, audience: 'homeward', keys: keySet });
}

describe('a token that is accepted', () => {
  it.each(['RS512', 'RS384', 'ES384', 'PS256'])('may be signed with %s', async (alg) => {
    const principal = await (await verifierOf(FOREIGN, [alg])).verify(await tokenOf({ alg }));
    expect(principal).toEqual({ ...claims, purpose: 'direct-care' });
  });

  it.each([LOCAL, 'http://issuer:8080'])('may be signed with RS256 by the development issuer, %s', async (issuer) => {
    const principal = await (await verifierOf(issuer, ['RS256'])).verify(await tokenOf({ alg: 'RS256', issuer }));
    expect(principal.organisation).toBe('RZ1');
  });

  it('carries the purpose that it names, and no role that is not one of ours', async () => {
    const token = await tokenOf({ claims: { purpose: 'audit', roles: ['intake', 'root'] } });
    const principal = await (await verifierOf(FOREIGN, ['RS512'])).verify(token);
    expect(principal).toMatchObject({ purpose: 'audit', roles: ['intake'] });
  });

  it('is the person’s own in whatever case it writes their id', async () => {
    const token = await tokenOf({ claims: { organisation: `person/${SUB.toUpperCase()}`, roles: ['person'] } });
    const principal = await (await verifierOf(FOREIGN, ['RS512'])).verify(token);
    expect(principal.organisation).toBe(`person/${SUB.toLowerCase()}`);
  });
});

describe('a token that is refused', () => {
  const refusal = async (token: string, issuer = FOREIGN, algorithms = ['RS512']) => {
    const verifier = await verifierOf(issuer, algorithms);
    const error: unknown = await verifier.verify(token).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidToken);
    return (error as InvalidToken).reason;
  };

  it('has expired, beyond the tolerance for clocks', async () => {
    expect(await refusal(await tokenOf({ expires: -60 }))).toBe('expired');
  });

  it('is meant for another audience', async () => {
    expect(await refusal(await tokenOf({ audience: 'elsewhere' }))).toBe('invalid');
  });

  it('comes from another issuer', async () => {
    expect(await refusal(await tokenOf({ issuer: 'https://other.example' }))).toBe('invalid');
  });

  it('is signed with a key that the issuer does not have', async () => {
    expect(await refusal(await tokenOf(), FOREIGN, ['ES384'])).toBe('invalid');
  });

  it('is signed with RS256 by any issuer but the one on this machine', async () => {
    expect(await refusal(await tokenOf({ alg: 'RS256' }), FOREIGN, ['RS256'])).toBe('invalid');
  });

  it('is not signed', async () => {
    const token = new jose.UnsecuredJWT(claims).setIssuer(FOREIGN).setAudience('homeward').setExpirationTime('5m');
    expect(await refusal(token.encode())).toBe('invalid');
  });

  it('is signed with a secret, such as the public key', async () => {
    const secret = new TextEncoder().encode(await jose.exportSPKI((await keyOf('RS512')).publicKey));
    const token = new jose.SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'RS512' }).setIssuer(FOREIGN);
    expect(await refusal(await token.setAudience('homeward').setExpirationTime('5m').sign(secret))).toBe('invalid');
  });

  it('was changed after it was signed', async () => {
    const [header, payload, signature] = (await tokenOf()).split('.');
    const changed = Buffer.from(String(payload), 'base64url').toString().replace('RZ1', 'RZ2');
    const token = [header, Buffer.from(changed).toString('base64url'), signature].join('.');
    expect(await refusal(token)).toBe('invalid');
  });

  it.each<[string, object]>([
    ['no organisation', { organisation: undefined }],
    ['an organisation that is no ODS code', { organisation: 'rz1; drop' }],
    ['somebody who is not a UUID', { sub: 'nurse.joy' }],
    ['teams that are not UUIDs', { teams: ['community'] }],
    ['a service that acts for an organisation', { roles: ['service'] }],
    ['an organisation that acts as a service', { organisation: 'people' }],
    ['a person who is also a team lead', { organisation: `person/${SUB}`, roles: ['person', 'team-lead'] }],
    ['a trust that acts as a person', { roles: ['person'] }],
  ])('names %s', async (_, wish) => {
    expect(await refusal(await tokenOf({ claims: wish }))).toBe('claims');
  });
});
