import { generateKeyPair, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JWK } from 'jose' with { 'resolution-mode': 'import' };
import { SERVICE_CLIENTS, SYSTEM_CLIENTS } from './personas';

const generate = promisify(generateKeyPair);
const GENERATE = {
  RS256: async () => ({ ...(await generate('rsa', { modulusLength: 2048 })), alg: 'RS256' }),
  RSA: async () => ({ ...(await generate('rsa', { modulusLength: 2048 })), alg: undefined }),
  EC: async () => ({ ...(await generate('ec', { namedCurve: 'P-384' })), alg: 'ES384' }),
};

/** A private key kept at `file`; made the first time. */
export async function keptKey(file: string, keyId: string, kind: keyof typeof GENERATE = 'RS256'): Promise<JWK> {
  if (!existsSync(file)) {
    const { privateKey, alg } = await GENERATE[kind]();
    const key = { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: keyId };
    keep(file, key);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as JWK;
}

/** The file of the private key that a service's audit is signed with, for `AUDIT_KEY_FILE`. */
export function auditKeyFile(folder: string, service: string): string {
  return join(folder, `audit-${service}.jwk.json`);
}

/** A private Ed25519 key kept at `file`; made the first time. */
export function keepAuditKey(file: string): void {
  if (existsSync(file)) return;
  keep(file, generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));
}

function keep(file: string, key: object): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(key), { mode: 0o600 });
  renameSync(unfinished, file);
}

/** The file of a service's private key, for `SERVICE_KEY_FILE`. */
export function serviceKeyFile(folder: string, service: string): string {
  return join(folder, `service-${service}.jwk.json`);
}

/** The file of the private key of another system. */
export function systemKeyFile(folder: string, system: string): string {
  return join(folder, `system-${system}.jwk.json`);
}

export interface IssuerKeys {
  signing: JWK;
  services: Map<string, JWK>;
  systems: Map<string, JWK>;
}

/** The issuer's signing key and the key of each client that has one, and that of each service's audit, all under `folder`. */
export async function issuerKeys(folder: string): Promise<IssuerKeys> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const service of Object.keys(SERVICE_CLIENTS)) keepAuditKey(auditKeyFile(folder, service));
  const services = Object.keys(SERVICE_CLIENTS).map(
    async (service) => [service, await keptKey(serviceKeyFile(folder, service), `${service}-1`)] as const,
  );
  const systems = Object.entries(SYSTEM_CLIENTS).map(
    async ([system, { key }]) => [system, await keptKey(systemKeyFile(folder, system), `${system}-1`, key)] as const,
  );
  return {
    signing: await keptKey(join(folder, 'issuer.jwk.json'), 'homeward-development-1'),
    services: new Map(await Promise.all(services)),
    systems: new Map(await Promise.all(systems)),
  };
}

/** What others may know of a key. */
export function publicPart({ kty, n, e, crv, x, y, alg, use, kid }: JWK): JWK {
  return JSON.parse(JSON.stringify({ kty, n, e, crv, x, y, alg, use, kid })) as JWK;
}
