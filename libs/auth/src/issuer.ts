import { Busy } from '@homeward/persistence';

/** The issuer does not answer, so nobody can be told apart just now; the same request may be sent again. */
export class IssuerUnavailable extends Busy {
  constructor(options?: ErrorOptions) {
    super(5, 'The issuer of tokens does not answer just now: try again.', options);
  }
}

export interface IssuerMetadata {
  jwks_uri: string;
  token_endpoint: string;
}

const PATIENCE_MS = 5_000;

/** What the issuer says of itself (OpenID Connect discovery). */
export async function discover(issuer: string): Promise<IssuerMetadata> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await ask(address);
  if (!response.ok) throw new IssuerUnavailable({ cause: new Error(`${address} answered ${response.status}`) });
  const metadata = (await response.json()) as Partial<IssuerMetadata> & { issuer?: string };
  if (metadata.issuer !== issuer || !metadata.jwks_uri || !metadata.token_endpoint) {
    throw new Error(`${address} does not describe the issuer ${issuer}`);
  }
  return { jwks_uri: metadata.jwks_uri, token_endpoint: metadata.token_endpoint };
}

export async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(address, { ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (cause) {
    throw new IssuerUnavailable({ cause });
  }
}

/** On the developer's own machine: at a loopback address, or as the container `issuer` of docker-compose.yml. */
export function isDevelopmentIssuer(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]', 'issuer'].includes(hostname);
}
