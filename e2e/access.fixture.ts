import { topicsFor } from '@homeward/bootstrap';
import { eventually, openTestLog } from '@homeward/testing';
import { createTestService, type Answer, type TestService } from '@homeward/testing/service';
import { startTestIssuer } from '../libs/testing/src/issuer';
import { PERSONAS, type PersonaName } from '../infra/local/issuer/personas';
import { flow } from '../services/flow/src/flow.module';
import { people } from '../services/people/src/people.module';
import { referrals } from '../services/referrals/src/referrals.module';
import { approvedContext } from '../tools/ops/erasure';
import { eraserOf } from './erasing.fixture';
import { sam as samOfTheStory } from '../tools/start/story';

export interface World {
  services: Record<string, TestService>;
  teams: { intake: string; otherIntake: string; community: string; intensive: string; hospital: string };
  /** Supported by the community team: nothing is asked of another team. */
  sam: Supported & {
    received: string;
    toReject: string;
    need: string;
    endedNeed: string;
    contact: string;
    consent: string;
  } & OnTheWay;
  /** A transfer is proposed. */
  proposed: Supported & { transfer: string };
  /** Another, to be declined, and one to be withdrawn. */
  toDecline: Supported & { transfer: string };
  toTakeBack: Supported & { transfer: string };
  /** A transfer is accepted. */
  accepted: Supported & { transfer: string };
  /** In hospital. */
  staying: Supported & { stay: string };
  /** Home from a hospital, which the community team has not accepted yet. */
  home: Supported & { stay: string };
  /** What the intensive team was asked because it accepted second. */
  workItem: string;
  /** Registered with a number that is somebody else's. */
  mistyped: string;
  /** By break-glass, of another practitioner of the trust. */
  look: string;
  /** Referred, and what is recorded of them changes. */
  changing: { personId: string; old: string; survivor: string };
  stop(): Promise<void>;
}

/** Referrals of one person, each for one route. */
export type OnTheWay = Record<
  'toAsk' | 'asked' | 'toTriage' | 'toRedirect' | 'toAcknowledge' | 'toTakeBack' | 'toWithdraw',
  string
>;

export interface Supported {
  personId: string;
  referral: string;
  episode: string;
}

/** Where everybody of the world lives but one: nobody may learn it. */
export const PLANTED_HOME = {
  ...{ lines: ['1 Plantedrefuge'], postcode: 'SW1P 9ZZ', responsibleIcb: 'QPLANTED', restricted: true },
};
export const PLANTED_ADDRESS = /Plantedrefuge|SW1P ?9ZZ/i;
/** The services are told, and show it to nobody. */
export const PLANTED_BOARD = /QPLANTED/;
const sam = { ...samOfTheStory, home: PLANTED_HOME };

const NURSE = PERSONAS['community-nurse'].sub;
const TELEPHONE = '01632 960001';
const NUMBERS = {
  toDecline: '9990010609',
  toTakeBack: '9990010617',
  proposed: '9990010013',
  accepted: '9990010021',
  changing: '9990010056',
  old: '9990010064',
  survivor: '9990010072',
  staying: '9990010277',
  home: '9990010285',
  erased: '9990010293',
};
/** Somebody’s mother, whom nobody may contact. */
export const CONTACT = {
  ...{ name: 'Jo Plantedcontact', is: 'parent', authority: 'consent', mayBeTold: true, mayBeContacted: false },
  howToReach: 'Plantedreach',
};
/** A yes to the register, by the person themself. */
export const CONSENT = {
  ...{ purpose: 'register', answer: 'yes', authority: 'person', explained: ['easy-read'] },
  ...{ supportedBy: 'Alex Plantedhelper', words: 'Plantedyes' },
};
export const earlier = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

export const referral = (intakeTeamId: string, whom: object): object => ({
  ...{ intakeTeamId, sourceCode: 'A1', primaryReasonCode: '26', priority: 'soon', consent: 'given' },
  ...{ immediateRisk: false, reason: 'Plantedreason', ...whom },
});

interface Started {
  services: World['services'];
  people: TestService;
  stop(): Promise<void>;
}

/** The three services on one log, and people of one trust who are somewhere on the way. */
export async function createWorld(): Promise<World> {
  const started = await startServices();
  try {
    return { ...(await peopleOnTheWay(started)), services: started.services, stop: started.stop };
  } catch (error) {
    await started.stop();
    throw error;
  }
}

async function startServices(): Promise<Started> {
  const issuer = await startTestIssuer();
  const log = await openTestLog('postgres', [...new Set(['people', 'referrals', 'flow'].flatMap(topicsFor))]);
  const addresses: Record<string, string> = {};
  const options = { issuer, log: log.config, services: addresses };
  const started = await createTestService(people, options);
  const services: World['services'] = {
    people: started,
    referrals: await createTestService(referrals, { ...options, peopleUrl: started.url }),
    flow: await createTestService(flow, { ...options, peopleUrl: started.url }),
  };
  for (const [name, { url }] of Object.entries(services)) addresses[name] = url;
  const stop = async (): Promise<void> => {
    for (const service of Object.values(services)) await service.stop();
    await log.close();
    await issuer.stop();
  };
  return { services, people: started, stop };
}

async function peopleOnTheWay({ services, people: started }: Started): Promise<Omit<World, 'services' | 'stop'>> {
  const post = async (service: string, who: PersonaName, path: string, body: object, ifMatch?: string) =>
    done(await (services[service] as TestService).as(who).post(path, body, { ifMatch }));
  const openTeam = async (kind: string): Promise<string> => {
    const { body } = await post('flow', 'manager', '/teams', { name: kind, kind, telephone: TELEPHONE });
    await post('flow', 'manager', `/teams/${body.id}/practitioners`, { id: NURSE, name: 'Priya Shah', role: 'nurse' });
    return body.id as string;
  };
  const teams = {
    intake: await openTeam('intake'),
    otherIntake: await openTeam('intake'),
    community: await openTeam('community'),
    intensive: await openTeam('intensive-support'),
    hospital: await openTeam('hospital'),
  };
  await eventually(async () => {
    const known = await services['referrals']?.asWorker('SELECT FROM directory_practitioner');
    return known?.length === Object.keys(teams).length;
  });

  const refer = async (personId: string): Promise<string> =>
    (await post('referrals', 'gp', '/referrals', referral(teams.intake, { personId }))).body.id as string;
  const accept = async (id: string, teamId: string): Promise<void> => {
    const body = { teamId, coordinatorId: NURSE, priority: 'soon' };
    await post('referrals', 'intake', `/referrals/${id}/accept`, body, 'W/"1"');
  };
  const support = async (details: object): Promise<Supported> => {
    const personId = (await post('people', 'gp', '/people', details)).body.id as string;
    const id = await refer(personId);
    await accept(id, teams.community);
    const holder = await eventually(async () => {
      const { body } = await (services['flow'] as TestService).as('community-lead').get(`/holders/${personId}`);
      return body.by === 'episode' && (body as { episodeId: string });
    });
    return { personId, referral: id, episode: (holder as { episodeId: string }).episodeId };
  };
  const propose = async (episodeId: string): Promise<string> => {
    const body = { episodeId, toTeamId: teams.intensive, reasonCode: 'more-support', priority: 'soon' };
    const asked = { ...body, riskAssessedAt: earlier(1) };
    return (await post('flow', 'community-lead', '/transfers', asked)).body.id as string;
  };

  const one = await support(sam);
  const second = await refer(one.personId);
  await accept(second, teams.intensive);
  const workItem = await eventually(async () => {
    const items = await services['flow']?.asWorker<{ id: string; team_id: string }>(
      'SELECT id, team_id FROM work_item',
    );
    const asked = items?.find(({ team_id }) => team_id === teams.intensive);
    if (!asked) throw new Error('not asked yet');
    return asked.id;
  });
  const mistyped = await post('people', 'manager', '/people', { ...sam, birthDate: '1994-05-18' });
  await refer(mistyped.body.id as string);
  const proposed = await support({ ...sam, nhsNumber: NUMBERS.proposed });
  const accepted = await support({ ...samOfTheStory, nhsNumber: NUMBERS.accepted });
  const transfer = await propose(accepted.episode);
  const agreed = { coordinatorId: NURSE, startsAt: earlier(0) };
  await post('flow', 'intensive-lead', `/transfers/${transfer}/accept`, agreed, 'W/"1"');
  const admit = async (details: object): Promise<Supported & { stay: string }> => {
    const person = await support(details);
    const body = { personId: person.personId, teamId: teams.hospital, coordinatorId: NURSE };
    const stay = (await post('flow', 'community-lead', '/hospital-stays', body)).body.id as string;
    return { ...person, stay };
  };
  const staying = await admit({ ...sam, nhsNumber: NUMBERS.staying });
  const home = await admit({ ...sam, nhsNumber: NUMBERS.home });
  const discharge = { teamId: teams.community, kind: 'planned' };
  await post('flow', 'community-lead', `/hospital-stays/${home.stay}/discharge`, discharge);
  const referred = async (nhsNumber: string): Promise<string> => {
    const { body } = await post('people', 'gp', '/people', { ...sam, nhsNumber });
    await refer(body.id as string);
    return body.id as string;
  };
  const [personId, old, survivor] = [
    await referred(NUMBERS.changing),
    await referred(NUMBERS.old),
    await referred(NUMBERS.survivor),
  ];
  for (const id of [one.personId, personId, old, survivor]) {
    await eventually(async () => (await services['people']?.as('intake').get(`/people/${id}`))?.status === 200);
  }
  const needs = `/people/${one.personId}/needs`;
  const need = async (code: string): Promise<string> =>
    (await post('people', 'community-lead', needs, { code, words: 'Plantedneed' })).body.needId as string;
  const [holding, endedNeed] = [await need('easy-read'), await need('quiet-place')];
  await post('people', 'community-lead', `${needs}/${endedNeed}/end`, { reasonCode: 'not-needed' });
  const asked = async (nhsNumber: string): Promise<Supported & { transfer: string }> => {
    const person = await support({ ...sam, nhsNumber });
    return { ...person, transfer: await propose(person.episode) };
  };
  const [toDecline, toTakeBack] = await Promise.all([asked(NUMBERS.toDecline), asked(NUMBERS.toTakeBack)]);
  const { body: gone } = await post('people', 'gp', '/people', { ...sam, nhsNumber: NUMBERS.erased });
  const { person: eraser, pools } = eraserOf(started);
  await eraser.erase(approvedContext(NURSE, 'registered-in-error'), gone.id as string, 'registered-in-error');
  await pools.end();
  const onTheWay = async (): Promise<OnTheWay> => {
    const next = () => refer(one.personId);
    const step = async (path: string, body: object): Promise<string> => {
      const id = await next();
      await post('referrals', 'intake', `/referrals/${id}/${path}`, body, 'W/"1"');
      return id;
    };
    const question = { itemCodes: ['risk'], askedOf: 'gp', question: 'Plantedquestion' };
    const passedOn = () => step('redirect', { toTeamId: teams.otherIntake, reasonCode: 'area' });
    return {
      ...{ toAsk: await next(), asked: await step('request-information', question), toTriage: await next() },
      ...{ toRedirect: await next(), toAcknowledge: await passedOn(), toTakeBack: await passedOn() },
      toWithdraw: await next(),
    };
  };
  return {
    teams,
    sam: {
      ...{ ...one, received: await refer(one.personId), toReject: await refer(one.personId) },
      ...{ need: holding, endedNeed },
      contact: (await post('people', 'community-lead', `/people/${one.personId}/contacts`, CONTACT)).body.id as string,
      consent: (await post('people', 'community-lead', `/people/${one.personId}/consents`, CONSENT)).body.id as string,
      ...(await onTheWay()),
    },
    proposed: { ...proposed, transfer: await propose(proposed.episode) },
    toDecline,
    toTakeBack,
    accepted: { ...accepted, transfer },
    staying,
    home,
    workItem,
    mistyped: mistyped.body.id as string,
    look: (
      await post('people', 'community-nurse', `/people/${home.personId}/break-glass`, {
        reasonCode: 'other',
        words: 'Plantedwords',
      })
    ).body.id as string,
    changing: { personId, old, survivor },
  };
}

function done(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`The story stops at ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}
