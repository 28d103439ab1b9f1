import { PERSONAS } from '../../infra/local/issuer/personas';
import type { Client } from './client';

export interface Teams {
  intake: string;
  community: string;
  intensive: string;
}

/** Where everybody in the load works. */
export async function openTeams(client: Client): Promise<Teams> {
  const open = async (name: string, kind: string, members: string[]): Promise<string> => {
    const body = { name, kind, telephone: '01632 960000' };
    const id = String((await client.command('open-team', 'manager', '/teams', body))?.body['id']);
    for (const sub of members) {
      await client.command('open-team', 'manager', `/teams/${id}/practitioners`, {
        id: sub,
        name: 'N. N.',
        role: 'nurse',
      });
    }
    return id;
  };
  return {
    intake: await open('Intake', 'intake', []),
    community: await open('Community', 'community', [PERSONAS['community-nurse'].sub]),
    intensive: await open('Intensive', 'intensive-support', [PERSONAS['intensive-nurse'].sub]),
  };
}

export interface LoadOptions {
  stopped: () => boolean;
  random: () => number;
  /** Told of each referral that was received, for the one who asks who holds the person. */
  onReferral: (personId: string) => void;
  /** Told before a referral is rejected: from then on nobody need hold the person. */
  onRejection: (personId: string) => void;
}

/** One caller after the other: a person is registered, referred, accepted or not, and perhaps moves to another team. */
export async function peopleOneByOne(client: Client, teams: Teams, options: LoadOptions): Promise<void> {
  while (!options.stopped()) {
    const person = { ...somebody(options.random), home: HOME };
    const registered = await client.command('register-person', 'gp', '/people', person);
    if (!registered) continue;
    const personId = String(registered.body['id']);
    const referral = await client.command('receive-referral', 'gp', '/referrals', referralOf(personId, teams), {
      personId,
    });
    if (!referral) continue;
    options.onReferral(personId);
    await decide(client, teams, personId, String(referral.body['id']), options);
  }
}

async function decide(client: Client, teams: Teams, personId: string, id: string, options: LoadOptions): Promise<void> {
  const seen = await client.read('intake', `/referrals/${id}`, ({ status }) => status === 200);
  if (!seen) return;
  const about = { personId, ifMatch: seen.etag };
  if (options.random() < 0.2) {
    options.onRejection(personId);
    await client.command('reject-referral', 'intake', `/referrals/${id}/reject`, REJECTION, about);
    return;
  }
  const body = { teamId: teams.community, coordinatorId: PERSONAS['community-nurse'].sub, priority: 'soon' };
  const accepted = await client.command('accept-referral', 'intake', `/referrals/${id}/accept`, body, about);
  if (accepted && options.random() < 0.6) await move(client, teams, personId);
}

async function move(client: Client, teams: Teams, personId: string): Promise<void> {
  const holder = await client.read('community-lead', `/holders/${personId}`, ({ body }) => body['by'] === 'episode');
  if (!holder) return;
  const now = new Date().toISOString();
  const proposal = {
    episodeId: holder.body['episodeId'],
    toTeamId: teams.intensive,
    reasonCode: 'more-intensive-support',
    priority: 'urgent',
    riskAssessedAt: now,
  };
  const proposed = await client.command('propose-transfer', 'community-lead', '/transfers', proposal, { personId });
  if (!proposed) return;
  const transfer = `/transfers/${String(proposed.body['id'])}`;
  const takeOver = { coordinatorId: PERSONAS['intensive-nurse'].sub, startsAt: now };
  const agreed = await client.command('accept-transfer', 'intensive-lead', `${transfer}/accept`, takeOver, {
    personId,
    ifMatch: proposed.etag,
  });
  if (!agreed) return;
  const done = { handoverComplete: true, firstContactAt: now, personInformedAt: now };
  const about = { personId, ifMatch: agreed.etag };
  await client.command('complete-transfer', 'intensive-lead', `${transfer}/complete`, done, about);
}

const HOME = { lines: ['1 Example Street'], postcode: 'ZZ99 3WZ', responsibleIcb: 'QZ1' };

const REJECTION = {
  reasonCode: '02',
  localReasonCode: 'mainstream-can-meet',
  criterionCodes: ['ELG-05'],
  criteriaVersion: '2026-04',
  signpostCodes: ['talking-therapies'],
  riskBand: 'low',
  explanation: 'Made up.',
};

const referralOf = (personId: string, teams: Teams) => ({
  personId,
  intakeTeamId: teams.intake,
  sourceCode: 'A1',
  primaryReasonCode: '26',
  priority: 'soon',
  consent: 'given',
  immediateRisk: false,
  reason: 'Made up.',
});

/** Somebody made up, with a valid NHS number of the range that is never issued. */
function somebody(random: () => number) {
  const birthYear = 1950 + Math.floor(random() * 60);
  return {
    nhsNumber: nhsNumber(random),
    givenName: 'Alex',
    familyName: `Example${Math.floor(random() * 1e6)}`,
    birthDate: `${birthYear}-06-15`,
    basis: 'learning-disability',
  };
}

function nhsNumber(random: () => number): string {
  for (;;) {
    const digits = `999${String(Math.floor(random() * 1e6)).padStart(6, '0')}`;
    const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check < 10) return `${digits}${check}`;
  }
}
