import { uuidv4 } from '@homeward/kernel';
import type { JWK } from 'jose' with { 'resolution-mode': 'import' };
import { readFileSync } from 'node:fs';
import { ask, discover, IssuerUnavailable } from './issuer';
import { jose } from './jose';

export interface ServiceTokenOptions {
  issuer: string;
  /** The service's client id at the issuer: its name. */
  service: string;
  /** Its private key, a JWK (`SERVICE_KEY_FILE`). */
  keyFile: string;
}

interface Issued {
  token: string;
  /** When to ask for another, some time before it expires. */
  renewAt: number;
}

const RENEW_BEFORE_SECONDS = 60;
const ASSERTION_SECONDS = 60;

/** A service's own access token, for the internal routes of others: client credentials, signed with its own key. */
export class ServiceToken {
  private readonly key: JWK;
  private issued?: Promise<Issued>;

  constructor(private readonly options: ServiceTokenOptions) {
    this.key = JSON.parse(readFileSync(options.keyFile, 'utf8')) as JWK;
    if (!this.key.alg || !this.key.d) throw new Error(`${options.keyFile} is not a private key with its algorithm`);
  }

  /** Kept until shortly before it expires; asked for once, however many need it. */
  async get(): Promise<string> {
    const last = this.issued;
    const held = await last;
    if (held && Date.now() < held.renewAt) return held.token;
    if (this.issued === last) this.issued = this.renew();
    return (await this.issued)?.token ?? this.get();
  }

  private async renew(): Promise<Issued> {
    try {
      return await this.ask();
    } catch (error) {
      this.issued = undefined;
      throw error;
    }
  }

  private async ask(): Promise<Issued> {
    const { issuer, service } = this.options;
    const { token_endpoint } = await discover(issuer);
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: service,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await this.assertion(issuer),
    });
    const response = await ask(token_endpoint, { method: 'POST', body });
    if (response.status >= 500) throw new IssuerUnavailable({ cause: new Error(`it answered ${response.status}`) });
    const answer = (await response.json()) as { access_token?: string; expires_in?: number; error?: string };
    if (!answer.access_token) {
      throw new Error(`The issuer refused the service ${service}: ${response.status} ${answer.error ?? 'no token'}`);
    }
    const lifetime = (answer.expires_in ?? 0) - RENEW_BEFORE_SECONDS;
    return { token: answer.access_token, renewAt: Date.now() + lifetime * 1000 };
  }

  private async assertion(audience: string): Promise<string> {
    const { service } = this.options;
    const { alg = '', kid } = this.key;
    return new jose.SignJWT({})
      .setProtectedHeader({ alg, kid })
      .setIssuer(service)
      .setSubject(service)
      .setAudience(audience)
      .setJti(uuidv4())
      .setIssuedAt()
      .setExpirationTime(`${ASSERTION_SECONDS}s`)
      .sign(await jose.importJWK(this.key, alg));
  }
}
