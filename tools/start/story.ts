import { PERSONAS, type PersonaName } from '../../infra/local/issuer/personas';
import { getToken } from '../../infra/local/issuer/token';
import { Api, until } from './api';

export interface Story {
  personId: string;
  referralId: string;
  episodeId: string;
  transferId: string;
  teams: { intake: string; community: string; intensive: string };
}

const DAY = 86_400_000;

/**
 * A small story through the public API, told in the past: Sam is referred by a general practitioner, accepted by the
 * community team, and supported more intensively for a while. The NHS number is from the range that is never issued.
 */
export async function playStory(
  gateway: string,
  issuer: string,
  now: Date,
  say: (line: string) => void,
): Promise<Story> {
  const api = new Api(gateway);
  const tokens = new Map<PersonaName, string>();
  const as = async (persona: PersonaName, daysAgo: number) => {
    if (!tokens.has(persona)) tokens.set(persona, await getToken(issuer, persona));
    return { token: tokens.get(persona) as string, now: new Date(now.getTime() - daysAgo * DAY) };
  };
  const openTeam = async (name: string, kind: string, telephone: string): Promise<string> => {
    const { body } = await api.post('/teams', { name, kind, telephone }, await as('manager', 60));
    return String(body.id);
  };
  const join = async (team: string, persona: PersonaName, name: string, role: string) =>
    api.post(`/teams/${team}/practitioners`, { id: PERSONAS[persona].sub, name, role }, await as('manager', 60));

  const teams = {
    intake: await openTeam('Single point of access', 'intake', '01632 960001'),
    community: await openTeam('Community learning disability team', 'community', '01632 960002'),
    intensive: await openTeam('Intensive support team', 'intensive-support', '01632 960003'),
  };
  await join(teams.community, 'community-nurse', 'Priya Shah', 'nurse');
  await join(teams.intensive, 'intensive-nurse', 'Tom Okafor', 'nurse');
  say('Three teams, and who works in them.');

  const person = await api.post('/people', sam, await as('gp', 42));
  const personId = String(person.body.id);
  const referral = await until(
    () => referSam(api, personId, teams.intake, as),
    ({ status }) => status === 201,
  );
  const referralId = String(referral.body.id);
  say('Sam’s general practitioner refers; the intake holds Sam from this moment.');

  const accepted = await until(
    async () => {
      const seen = await api.get(`/referrals/${referralId}`, await as('intake', 40));
      if (seen.status !== 200) return seen;
      const body = { teamId: teams.community, coordinatorId: PERSONAS['community-nurse'].sub, priority: 'soon' };
      return api.post(`/referrals/${referralId}/accept`, body, { ...(await as('intake', 40)), ifMatch: seen.etag });
    },
    ({ status }) => status === 200,
  );
  if (accepted.status !== 200) throw new Error('not accepted');
  const holder = await until(
    async () => api.get(`/holders/${personId}`, await as('community-lead', 40)),
    ({ status, body }) => status === 200 && body.by === 'episode',
  );
  const episodeId = String(holder.body.episodeId);
  say('The community team accepts: in that moment it is responsible, and Priya Shah co-ordinates.');

  const proposal = { episodeId, toTeamId: teams.intensive, reasonCode: 'more-intensive-support', priority: 'urgent' };
  const riskAssessedAt = new Date(now.getTime() - 16 * DAY).toISOString();
  const proposed = await api.post('/transfers', { ...proposal, riskAssessedAt }, await as('community-lead', 14));
  const transferId = String(proposed.body.id);
  const transfer = `/transfers/${transferId}`;
  const startsAt = new Date(now.getTime() - 7 * DAY).toISOString();
  const takeOver = { coordinatorId: PERSONAS['intensive-nurse'].sub, startsAt };
  const agreed = await api.post(`${transfer}/accept`, takeOver, {
    ...(await as('intensive-lead', 13)),
    ifMatch: proposed.etag,
  });
  const met = new Date(now.getTime() - 7 * DAY).toISOString();
  await api.post(
    `${transfer}/complete`,
    { handoverComplete: true, firstContactAt: met, personInformedAt: met },
    { ...(await as('intensive-lead', 6)), ifMatch: agreed.etag },
  );
  // Leaves whoever goes on from here at the end of the story, in every service.
  const { token } = await as('operations', 0);
  await api.post('/_simulation/clock', { now: now.toISOString() }, { token });
  say('The intensive support team takes over; responsibility switches at completion, not before.');
  return { personId, referralId, episodeId, transferId, teams };
}

async function referSam(
  api: Api,
  personId: string,
  intakeTeamId: string,
  as: (persona: PersonaName, daysAgo: number) => Promise<{ token: string; now: Date }>,
) {
  const body = {
    personId,
    intakeTeamId,
    sourceCode: 'A1',
    primaryReasonCode: '26',
    priority: 'soon',
    consent: 'given',
    immediateRisk: false,
    reason: 'Sam has been distressed since moving home and wants help to settle.',
  };
  return api.send('POST', '/referrals', await as('gp', 42), body);
}

/** Made up; the NHS number is from the range that is never issued. */
export const sam = {
  nhsNumber: '9990010005',
  givenName: 'Sam',
  familyName: 'Taylor',
  birthDate: '1994-05-17',
  basis: 'both',
  home: { lines: ['1 Example Street'], postcode: 'ZZ99 3WZ', responsibleIcb: 'QZ1' },
};
