import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceKeyFile } from '../../../infra/local/issuer/keys';
import { PERSONAS, SERVICE_CLIENTS } from '../../../infra/local/issuer/personas';
import { getToken } from '../../../infra/local/issuer/token';
import { freePort } from '../../../infra/local/ports';
import { ended } from '../../../infra/local/processes';
import { IssuerUnavailable } from './issuer';
import { ServiceToken } from './service-token';
import { TokenVerifier } from './verifier';

const ROOT = join(__dirname, '..', '..', '..');
const TEAM = '0199b6a0-0000-7000-8000-0000000000a1';
const PERSON = '6f1c2c0e-52b6-4a9e-9a63-5b1f0c0f8a11';

describe('the development issuer, a process of its own', () => {
  let issuer: string;
  let child: ChildProcess;
  let verifier: TokenVerifier;
  const keys = mkdtempSync(join(tmpdir(), 'homeward-issuer-'));

  beforeAll(async () => {
    const port = await freePort();
    issuer = `http://localhost:${port}`;
    verifier = new TokenVerifier({ issuer, audience: 'homeward' });
    child = spawn(process.execPath, ['-r', join(ROOT, 'libs/testing/src/register.js'), 'infra/local/issuer/main.ts'], {
      cwd: ROOT,
      env: { ...process.env, PORT: String(port), ISSUER: issuer, ISSUER_KEYS: keys },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve());
      child.once('exit', (code) => reject(new Error(`the issuer ended with ${code}`)));
    });
  });
  afterAll(async () => {
    child.kill();
    await ended(child);
    rmSync(keys, { recursive: true });
  });

  const tokenOf = (service: string) => new ServiceToken({ issuer, service, keyFile: serviceKeyFile(keys, service) });

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
    const impostor = new ServiceToken({ issuer, service: 'people', keyFile: serviceKeyFile(keys, 'flow') });
    await expect(impostor.get()).rejects.toThrow('The issuer refused the service people: 401 invalid_client');
  });

  it('is awaited, not blamed on the caller, when it does not answer, and asked again later', async () => {
    const token = await getToken(issuer, 'gp');
    const nobody = `http://localhost:${await freePort()}`;
    const unreached = new TokenVerifier({ issuer: nobody, audience: 'homeward' });
    await expect(unreached.verify(token)).rejects.toBeInstanceOf(IssuerUnavailable);
    const file = serviceKeyFile(keys, 'flow');
    await expect(new ServiceToken({ issuer: nobody, service: 'flow', keyFile: file }).get()).rejects.toBeInstanceOf(
      IssuerUnavailable,
    );
  });
});
