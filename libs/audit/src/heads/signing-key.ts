import { createPrivateKey, createPublicKey, sign, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** An Ed25519 key that heads are signed with. */
export interface SigningKey {
  /** The public half as it stands in heads and pins: 43 characters. */
  readonly publicKey: string;
  sign(text: string): string;
}

/** A private key as a JWK (`kty` OKP, `crv` Ed25519), from `AUDIT_KEY_FILE`. */
export function readSigningKey(file: string): SigningKey {
  const key = privateKeyIn(file);
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return { publicKey: String(x), sign: (text) => sign(null, Buffer.from(text), key).toString('base64url') };
}

function privateKeyIn(file: string): KeyObject {
  const jwk = JSON.parse(readFileSync(file, 'utf8')) as JsonWebKey;
  if (jwk.crv !== 'Ed25519' || !jwk.d) throw new Error(`${file} is not a private Ed25519 key`);
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

/** False too for what is no key or no signature at all: it may come from anybody. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
