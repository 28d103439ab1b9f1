import type { Principal } from '@homeward/persistence';
import type { JWTVerifyGetKey } from 'jose' with { 'resolution-mode': 'import' };
import { principalOf } from './claims';
import { discover, isDevelopmentIssuer, IssuerUnavailable } from './issuer';
import { jose } from './jose';

export interface VerifierOptions {
  /** As it stands in `iss`; its keys are found by discovery unless given. */
  issuer: string;
  audience: string;
  keys?: JWTVerifyGetKey;
}

/** Why a token says nothing about its bearer; `expired` is worth knowing, the rest is nobody's business. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
  constructor(
    readonly reason: 'expired' | 'invalid' | 'claims',
    options?: ErrorOptions,
  ) {
    super(MESSAGES[reason], options);
  }
}

const MESSAGES = {
  expired: 'The token has expired: ask the issuer for another.',
  invalid: 'The token is not one that this system accepts.',
  claims: 'The token does not say for which organisation and as whom its bearer acts.',
};

const ALGORITHMS = ['RS512', 'RS384', 'ES384', 'PS256'];
const CLOCK_TOLERANCE_SECONDS = 30;
/** For so long a key counts that the issuer may have taken away since. */
const KEYS_KEPT_MS = 5 * 60_000;
/** Tokens with keys that nobody knows make us ask the issuer no more often than this. */
const ASKED_AGAIN_MS = 5_000;
const NO_SUCH_KEY = ['ERR_JWKS_NO_MATCHING_KEY', 'ERR_JWKS_MULTIPLE_MATCHING_KEYS'];

/** Tells who calls from a bearer token. */
export class TokenVerifier {
  private readonly algorithms: string[];
  private keys?: Promise<JWTVerifyGetKey>;

  constructor(private readonly options: VerifierOptions) {
    // RS256 is what the development issuer signs with, and no national profile accepts it.
    this.algorithms = isDevelopmentIssuer(options.issuer) ? [...ALGORITHMS, 'RS256'] : ALGORITHMS;
    if (options.keys) this.keys = Promise.resolve(options.keys);
  }

  /**
   * By the algorithms of the national conventions, and none that is weaker (AUTH-02).
   * @throws InvalidToken, or IssuerUnavailable while its keys cannot be fetched
   */
  async verify(token: string): Promise<Principal> {
    const { issuer, audience } = this.options;
    const { algorithms } = this;
    const expected = { issuer, audience, algorithms, clockTolerance: CLOCK_TOLERANCE_SECONDS };
    try {
      const { payload } = await jose.jwtVerify(token, this.keyOf, { ...expected, requiredClaims: ['exp', 'sub'] });
      const principal = principalOf(payload);
      if (!principal) throw new InvalidToken('claims');
      return principal;
    } catch (error) {
      if (error instanceof InvalidToken || error instanceof IssuerUnavailable) throw error;
      throw new InvalidToken(codeOf(error) === 'ERR_JWT_EXPIRED' ? 'expired' : 'invalid', { cause: error });
    }
  }

  private readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    this.keys ??= this.remoteKeys();
    try {
      return await (
        await this.keys
      )(header, token);
    } catch (cause) {
      if (NO_SUCH_KEY.includes(codeOf(cause))) throw cause;
      throw cause instanceof IssuerUnavailable ? cause : new IssuerUnavailable({ cause });
    }
  };

  /** A key that is published counts without a restart, and one that was taken away for these minutes more (AUTH-05). */
  private async remoteKeys(): Promise<JWTVerifyGetKey> {
    try {
      const { jwks_uri } = await discover(this.options.issuer);
      return jose.createRemoteJWKSet(new URL(jwks_uri), {
        cacheMaxAge: KEYS_KEPT_MS,
        cooldownDuration: ASKED_AGAIN_MS,
      });
    } catch (error) {
      this.keys = undefined; // asked again by the next request
      throw error;
    }
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
