import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimsFor, type Claims } from '../../../infra/local/issuer/claims';
import { keepAuditKey } from '../../../infra/local/issuer/keys';

const KEY_ID = 'homeward-test';

/** An issuer in this process that signs whatever a test says, and gives services the tokens that they ask for. */
export interface TestIssuer {
  url: string;
  audience: string;
  /** For `SERVICE_KEY_FILE`: every service may have the same key here. */
  serviceKeyFile: string;
  /** For `AUDIT_KEY_FILE`, likewise. */
  auditKeyFile: string;
  token(claims: Partial<Claims> & Record<string, unknown>): string;
  stop(): Promise<void>;
}

export async function startTestIssuer(audience = 'homeward'): Promise<TestIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const folder = mkdtempSync(join(tmpdir(), 'homeward-issuer-'));
  const serviceKeyFile = join(folder, 'service.jwk.json');
  const own = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: KEY_ID };
  writeFileSync(serviceKeyFile, JSON.stringify(own), { mode: 0o600 });
  const auditKeyFile = join(folder, 'audit.jwk.json');
  keepAuditKey(auditKeyFile);
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const token = (claims: Record<string, unknown>): string => signed(privateKey, { ...registered(), ...claims });

  function registered(): Record<string, unknown> {
    const now = Math.floor(Date.now() / 1000);
    return { iss: url, aud: audience, iat: now, exp: now + 3600, jti: randomUUID() };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (body: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.url === '/jwks') {
      send({ keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: KEY_ID }] });
    } else if (request.url === '/token') {
      const form = new URLSearchParams(await textOf(request));
      send({ access_token: token({ ...claimsFor(clientOf(form), {}) }), token_type: 'Bearer', expires_in: 600 });
    } else {
      send({ issuer: url, jwks_uri: `${url}/jwks`, token_endpoint: `${url}/token` });
    }
  }

  const stop = async (): Promise<void> => {
    await closed(server);
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, audience, serviceKeyFile, auditKeyFile, token, stop };
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(key: KeyObject, claims: object): string {
  const content = `${part({ alg: 'RS256', typ: 'at+jwt', kid: KEY_ID })}.${part(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

/** Which service asks: `client_id`, or the subject of its assertion. */
function clientOf(form: URLSearchParams): string {
  const [, claims] = (form.get('client_assertion') ?? '').split('.');
  if (claims === undefined) return form.get('client_id') ?? '';
  return String((JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub?: string }).sub);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
