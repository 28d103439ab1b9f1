import {
  freePort,
  getToken,
  PERSONAS,
  SERVICE_CLIENTS,
  startDevelopmentIssuer,
  type DevelopmentIssuer,
} from '@homeward/testing';
import { IssuerUnavailable } from './issuer';
import { ServiceToken } from './service-token';
import { TokenVerifier } from './verifier';

const TEAM = '0199b6a0-0000-7000-8000-0000000000a1';
const PERSON = '6f1c2c0e-52b6-4a9e-9a63-5b1f0c0f8a11';

describe('the development issuer, a process of its own', () => {
  let development: DevelopmentIssuer;
  let issuer: string;
  let verifier: TokenVerifier;

  beforeAll(async () => {
    development = await startDevelopmentIssuer();
    issuer = development.url;
    verifier = new TokenVerifier({ issuer, audience: 'homeward' });
  });
  afterAll(() => development.stop());

  const tokenOf = (service: string) => new ServiceToken({ issuer, service, keyFile: development.keyFile(service) });

  it('gives a persona a token that says who they are and in which teams they act', async () => {
    const principal = await verifier.verify(await getToken(issuer, 'intake', { teams: [TEAM] }));
    const { sub, organisation, roles } = PERSONAS.intake;
    expect(principal).toEqual({ sub, organisation, roles, teams: [TEAM], purpose: 'direct-care' });
  });

  it('gives a person a token about themselves', async () => {
    const principal = await verifier.verify(await getToken(issuer, 'person', { person: PERSON }));
    expect(principal).toMatchObject({ sub: PERSON, organisation: `person/${PERSON}`, roles: ['person'] });
  });

  it.each(Object.keys(SERVICE_CLIENTS))('gives %s a token for the key that it alone has', async (service) => {
    const principal = await verifier.verify(await tokenOf(service).get());
    expect(principal).toMatchObject({ sub: SERVICE_CLIENTS[service], organisation: service, roles: ['service'] });
  });

  it('gives a service one token, however many ask for it', async () => {
    const token = tokenOf('flow');
    const held = await Promise.all([token.get(), token.get(), token.get()]);
    expect(new Set([...held, await token.get()]).size).toBe(1);
  });

  it('refuses a service that signs with the key of another, and says so', async () => {
    const impostor = new ServiceToken({ issuer, service: 'people', keyFile: development.keyFile('flow') });
    await expect(impostor.get()).rejects.toThrow('The issuer refused the service people: 401 invalid_client');
  });

  it('is awaited, not blamed on the caller, when it does not answer, and asked again later', async () => {
    const token = await getToken(issuer, 'gp');
    const nobody = `http://localhost:${await freePort()}`;
    const unreached = new TokenVerifier({ issuer: nobody, audience: 'homeward' });
    await expect(unreached.verify(token)).rejects.toBeInstanceOf(IssuerUnavailable);
    const file = development.keyFile('flow');
    await expect(new ServiceToken({ issuer: nobody, service: 'flow', keyFile: file }).get()).rejects.toBeInstanceOf(
      IssuerUnavailable,
    );
  });
});
