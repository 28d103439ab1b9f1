import { generateKeyPair, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JWK } from 'jose' with { 'resolution-mode': 'import' };

/** A private RS256 key kept at `file`; made the first time. */
export async function keptKey(file: string, keyId: string): Promise<JWK> {
  if (!existsSync(file)) {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: keyId };
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

/** The issuer's signing key, the key of each service's client, and that of its audit, all under `folder`. */
export async function issuerKeys(
  folder: string,
  services: string[],
): Promise<{ signing: JWK; services: Map<string, JWK> }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const service of services) keepAuditKey(auditKeyFile(folder, service));
  const entries = services.map(
    async (service) => [service, await keptKey(serviceKeyFile(folder, service), `${service}-1`)] as const,
  );
  return {
    signing: await keptKey(join(folder, 'issuer.jwk.json'), 'homeward-development-1'),
    services: new Map(await Promise.all(entries)),
  };
}

/** What others may know of a key. */
export function publicPart({ kty, n, e, alg, use, kid }: JWK): JWK {
  return { kty, n, e, alg, use, kid } as JWK;
}
