import { PERSONAS, SERVICE_CLIENTS, SYSTEM_CLIENTS, isPersona } from './personas';

/** What a token says of who acts, besides the standard claims. */
export interface Claims {
  sub: string;
  organisation: string;
  teams: string[];
  roles: string[];
  purpose: string;
}

/** What may be asked for with the token: the teams to act in, the person to be, the purpose. */
export interface Wishes {
  teams?: string;
  person?: string;
  purpose?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Teams' and people's ids are drawn by the services, so a development token takes them from the request. */
export function claimsFor(client: string, wishes: Wishes): Claims {
  const purpose = wishes.purpose ?? 'direct-care';
  const service = SERVICE_CLIENTS[client];
  if (service !== undefined) return { sub: service, organisation: client, teams: [], roles: ['service'], purpose };
  const system = SYSTEM_CLIENTS[client];
  if (system) return { sub: system.sub, organisation: system.organisation, teams: [], roles: system.roles, purpose };
  if (!isPersona(client)) throw new Error(`No persona, system or service is called ${client}.`);
  const { sub, organisation, roles } = PERSONAS[client];
  const teams = (wishes.teams ?? '').split(',').filter((team) => UUID.test(team));
  if (client === 'person' && wishes.person !== undefined && UUID.test(wishes.person)) {
    return { sub: wishes.person, organisation: `person/${wishes.person}`, teams: [], roles, purpose };
  }
  return { sub, organisation, teams, roles, purpose };
}
