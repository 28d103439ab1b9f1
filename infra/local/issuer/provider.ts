import type { ClientMetadata, Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider' with {
  'resolution-mode': 'import',
};
import { claimsFor, type Wishes } from './claims';
import { publicPart, type IssuerKeys } from './keys';
import { PERSONAS, isPersona, secretOf, type PersonaName } from './personas';
import { LASTS_TOO_LONG, refusalOf } from './refusals';

const PERSONA_SECONDS = 12 * 60 * 60;
const SERVICE_SECONDS = 10 * 60;
const ASSERTION_SECONDS = 5 * 60;

const common: Partial<ClientMetadata> = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] };

/** Services and other systems sign in with a key of their own (AUTH-01); a persona, on a local machine only, with a secret. */
function clients({ services, systems }: IssuerKeys): ClientMetadata[] {
  const personas = (Object.keys(PERSONAS) as PersonaName[]).map((name) => ({
    ...common,
    client_id: name,
    client_secret: secretOf(name),
    token_endpoint_auth_method: 'client_secret_post' as const,
  }));
  const machines = [...services].map(([service, key]) => ({
    ...common,
    client_id: service,
    token_endpoint_auth_method: 'private_key_jwt' as const,
    token_endpoint_auth_signing_alg: 'RS256' as const,
    jwks: { keys: [publicPart(key)] },
  }));
  const others = [...systems].map(([system, key]) => ({
    ...common,
    client_id: system,
    token_endpoint_auth_method: 'private_key_jwt' as const,
    jwks: { keys: [publicPart(key)] },
  }));
  return [...personas, ...machines, ...others] as ClientMetadata[];
}

/** The development issuer: client credentials only, JWT access tokens for the audience `homeward`. */
export async function createProvider(issuer: string, audience: string, keys: IssuerKeys): Promise<Provider> {
  const { Provider: OidcProvider, errors } = await import('oidc-provider');
  const configuration: Configuration = {
    clients: clients(keys),
    jwks: { keys: [keys.signing as NonNullable<Configuration['jwks']>['keys'][number]] },
    clientAuthMethods: ['client_secret_post', 'private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['RS512', 'RS384', 'ES384', 'PS256', 'RS256'] },
    assertJwtClientAuthClaimsAndHeader: (_context, { exp }, { alg }, client) => {
      if (alg === 'RS256' && !keys.services.has(client.clientId)) throw new errors.InvalidClientAuth('alg mismatch');
      if (Number(exp) > Date.now() / 1000 + ASSERTION_SECONDS) throw new errors.InvalidClientAuth(LASTS_TOO_LONG);
    },
    scopes: [],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `urn:${audience}`,
        getResourceServerInfo: (_context, _resource, client) => ({
          scope: '',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: isPersona(client.clientId) ? PERSONA_SECONDS : SERVICE_SECONDS,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    ttl: { ClientCredentials: (_context, token) => token.resourceServer?.accessTokenTTL ?? SERVICE_SECONDS },
    formats: {
      customizers: {
        jwt: (context, token, jwt) => {
          Object.assign(jwt.payload, claimsFor(String(token.clientId), wishes(context)));
        },
      },
    },
  };
  const provider = new OidcProvider(issuer, configuration);
  provider.on('grant.error', (context, error) => {
    const description = refusalOf(error);
    if (description) Object.assign(context.body as object, { error_description: description });
  });
  return provider;
}

function wishes(context: KoaContextWithOIDC): Wishes {
  const { teams, person, purpose } = (context.oidc.body ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return { teams: text(teams), person: text(person), purpose: text(purpose) };
}
