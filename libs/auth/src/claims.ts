import { isOdsCode, isUuid } from '@homeward/kernel';
import type { Principal } from '@homeward/persistence';
import { ROLES } from './permission';

const SERVICE = /^[a-z][a-z-]{1,39}$/;
const PURPOSE = /^[a-z][a-z-]{1,39}$/;

/**
 * The principal that a token's claims describe, or undefined when they describe none. A service acts for no
 * organisation and a person for themselves only, so a token that mixes them is refused.
 */
export function principalOf(claims: Record<string, unknown>): Principal | undefined {
  const { sub, organisation, purpose = 'direct-care' } = claims;
  const teams = textsOf(claims['teams']);
  const roles = textsOf(claims['roles'])?.filter((role) => (ROLES as readonly string[]).includes(role));
  if (typeof sub !== 'string' || !isUuid(sub) || typeof organisation !== 'string') return undefined;
  if (!teams?.every(isUuid) || !roles || typeof purpose !== 'string' || !PURPOSE.test(purpose)) return undefined;
  if (!actsFor(organisation, roles)) return undefined;
  // UUIDs are compared as text, in lower case; an ODS code is upper case.
  const own = organisation.startsWith('person/') ? organisation.toLowerCase() : organisation;
  return { organisation: own, sub: sub.toLowerCase(), teams: teams.map((team) => team.toLowerCase()), roles, purpose };
}

function actsFor(organisation: string, roles: string[]): boolean {
  if (roles.includes('service')) return roles.length === 1 && SERVICE.test(organisation);
  if (organisation.startsWith('person/')) {
    return roles.every((role) => role === 'person') && isUuid(organisation.slice('person/'.length));
  }
  return isOdsCode(organisation) && !roles.includes('person');
}

function textsOf(claim: unknown): string[] | undefined {
  if (claim === undefined) return [];
  return Array.isArray(claim) && claim.every((text) => typeof text === 'string') ? claim : undefined;
}
