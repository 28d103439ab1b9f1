import { secretOf, type PersonaName } from './personas';

/**
 * A persona's access token from the development issuer (12 h).
 * @param issuer the issuer's address, e.g. `http://localhost:8100`
 * @param wishes the teams to act in; for `person`, whose token it is
 */
export async function getToken(
  issuer: string,
  persona: PersonaName,
  wishes: { teams?: string[]; person?: string; purpose?: string } = {},
): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: persona,
    client_secret: secretOf(persona),
  });
  if (wishes.teams !== undefined) form.set('teams', wishes.teams.join(','));
  if (wishes.person !== undefined) form.set('person', wishes.person);
  if (wishes.purpose !== undefined) form.set('purpose', wishes.purpose);
  const response = await fetch(`${issuer}/token`, { method: 'POST', body: form });
  const answer = (await response.json()) as { access_token?: string; error_description?: string };
  if (answer.access_token === undefined) {
    throw new Error(`The issuer gave no token to ${persona}: ${response.status} ${answer.error_description ?? ''}`);
  }
  return answer.access_token;
}
