import { topicsFor } from '@homeward/bootstrap';
import { eventually, openTestLog } from '@homeward/testing';
import { createTestService, type Answer, type TestService } from '@homeward/testing/service';
import { randomUUID } from 'node:crypto';
import { PERSONAS, type PersonaName } from '../infra/local/issuer/personas';
import { startTestIssuer, type TestIssuer } from '../libs/testing/src/issuer';
import { SERVICES } from '../tools/ops/services';
import { sam } from '../tools/start/story';
import { CONSENT, CONTACT, earlier, referral, type World } from './access.fixture';

const NURSE = PERSONAS['community-nurse'].sub;
const TELEPHONE = '01632 960001';
/** Of another organisation, and with the hidden person’s family name and birth date. */
export const VISIBLE = ['9990010609', '9990010617', '9990010277'];

export interface TwinWorld {
  services: Record<string, TestService>;
  /** The ids by which the routes are asked; all of the hidden person, or of nobody. */
  asked: World;
  stop(): Promise<void>;
}

/** Somebody whom nobody has. */
const nobody = () => ({ personId: randomUUID(), referral: randomUUID(), episode: randomUUID() });

/** Two systems, alike but for one person: the first has them. `asked` of both names the ids of the first. */
export async function twinWorlds(): Promise<[TwinWorld, TwinWorld]> {
  const issuer = await startTestIssuer();
  const [one, other] = [await systemOf(issuer), await systemOf(issuer)];
  const hidden = await hide(one);
  const asked = (system: System): World => ({ ...hidden, services: system.services, teams: system.teams }) as World;
  await Promise.all([support(one), support(other)]);
  return [
    { services: one.services, asked: asked(one), stop: one.stop },
    {
      services: other.services,
      asked: asked(other),
      stop: async () => {
        await other.stop();
        await issuer.stop();
      },
    },
  ];
}

type Teams = World['teams'] & { elsewhere: string };
interface System {
  services: Record<string, TestService>;
  teams: Teams;
  post(service: string, who: PersonaName, path: string, body: object, ifMatch?: string): Promise<Answer>;
  stop(): Promise<void>;
}

async function systemOf(issuer: TestIssuer): Promise<System> {
  const log = await openTestLog('postgres', [...new Set(SERVICES.flatMap(({ name }) => topicsFor(name)))]);
  const services: System['services'] = {};
  for (const service of SERVICES) {
    const options = { issuer, log: log.config, peopleUrl: services['people']?.url };
    services[service.name] = await createTestService(service, options);
  }
  const post: System['post'] = async (service, who, path, body, ifMatch) => {
    const answer = await services[service]!.as(who).post(path, body, { ifMatch });
    if (answer.status >= 300) throw new Error(`${path} answers ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  };
  const openTeam = async (kind: string, who: PersonaName = 'manager'): Promise<string> => {
    const { body } = await post('flow', who, '/teams', { name: kind, kind, telephone: TELEPHONE });
    await post('flow', who, `/teams/${body.id}/practitioners`, { id: NURSE, name: 'Priya Shah', role: 'nurse' });
    return body.id as string;
  };
  const teams = {
    intake: await openTeam('intake'),
    otherIntake: await openTeam('intake'),
    community: await openTeam('community'),
    intensive: await openTeam('intensive-support'),
    hospital: await openTeam('hospital'),
    elsewhere: await openTeam('intake', 'second-trust-lead'),
  };
  await eventually(async () => {
    const known = await services['referrals']!.asWorker('SELECT FROM directory_practitioner');
    return known.length === Object.keys(teams).length;
  });
  const stop = async (): Promise<void> => {
    for (const service of Object.values(services)) await service.stop();
    await log.close();
  };
  return { services, teams, post, stop };
}

/** Somebody of the first trust, to whom everything has happened that can be asked for. */
async function hide({ services, teams, post }: System): Promise<Partial<World>> {
  const personId = (await post('people', 'gp', '/people', sam)).body.id as string;
  const refer = async (): Promise<string> =>
    (await post('referrals', 'gp', '/referrals', referral(teams.intake, { personId }))).body.id as string;
  const accepted = await refer();
  const decision = { teamId: teams.community, coordinatorId: NURSE, priority: 'soon' };
  await post('referrals', 'intake', `/referrals/${accepted}/accept`, decision, 'W/"1"');
  const episode = await eventually(async () => {
    const { body } = await services['flow']!.as('community-lead').get(`/holders/${personId}`);
    return body.by === 'episode' && (body.episodeId as string);
  });
  const [received, passedOn] = [await refer(), await refer()];
  const redirect = { toTeamId: teams.otherIntake, reasonCode: 'area' };
  await post('referrals', 'intake', `/referrals/${passedOn}/redirect`, redirect, 'W/"1"');
  const proposal = { episodeId: episode, toTeamId: teams.intensive, reasonCode: 'more-support', priority: 'soon' };
  const asked = await post('flow', 'community-lead', '/transfers', { ...proposal, riskAssessedAt: earlier(1) });
  const admission = { personId, teamId: teams.hospital, coordinatorId: NURSE };
  const stay = (await post('flow', 'community-lead', '/hospital-stays', admission)).body.id as string;
  const look = await post('people', 'community-nurse', `/people/${personId}/break-glass`, {
    reasonCode: 'safeguarding',
  });
  const needs = `/people/${personId}/needs`;
  const told = await post('people', 'community-lead', needs, { code: 'easy-read', words: 'Plantedneed' });
  const endedNeed = told.body.needId as string;
  await post('people', 'community-lead', `${needs}/${endedNeed}/end`, { reasonCode: 'not-needed' });
  const need = (await post('people', 'community-lead', needs, { code: 'quiet-place' })).body.needId as string;
  await eventually(async () => {
    const { status } = await services['people']!.as('community-lead').get(`/people/${personId}`);
    return status === 200;
  });
  const contact = await post('people', 'community-lead', `/people/${personId}/contacts`, CONTACT);
  const consent = await post('people', 'community-lead', `/people/${personId}/consents`, CONSENT);
  const person = { personId, referral: accepted, episode: episode as string };
  const transfer = { ...person, transfer: asked.body.id as string };
  const [toAcknowledge, toTakeBack] = [passedOn, passedOn];
  const undecided = { received, toReject: received, toAsk: received, asked: received, toTriage: received };
  const [item] = await services['flow']!.asWorker<{ id: string }>('SELECT id FROM work_item LIMIT 1');
  return {
    sam: {
      ...person,
      ...undecided,
      toRedirect: received,
      toAcknowledge,
      toTakeBack,
      toWithdraw: received,
      need,
      endedNeed,
      contact: contact.body.id as string,
      consent: consent.body.id as string,
    },
    ...{ proposed: transfer, toDecline: transfer, toTakeBack: transfer, accepted: transfer },
    ...{ staying: { ...person, stay }, home: { ...person, stay }, look: look.body.id as string },
    ...{ workItem: item?.id ?? randomUUID(), changing: { personId, old: personId, survivor: personId } },
  };
}

/** People of the second trust, in both: lists, counts and pages are not empty. */
async function support({ services, teams, post }: System): Promise<void> {
  for (const nhsNumber of VISIBLE) {
    const { body } = await post('people', 'second-trust-lead', '/people', { ...sam, nhsNumber });
    const referred = referral(teams.elsewhere, { personId: body.id });
    await post('referrals', 'gp', '/referrals', referred);
    await eventually(async () => {
      const seen = await services['people']!.as('second-trust-lead').get(`/people/${body.id}`);
      const held = await services['flow']!.as('second-trust-lead').get(`/holders/${body.id}`);
      return 'version' in seen.body || (seen.etag !== undefined && held.status === 200);
    });
  }
}

export { nobody };
