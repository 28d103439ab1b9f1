import { eventually } from '@homeward/testing';
import { PERSONAS, type PersonaName } from '../infra/local/issuer/personas';
import { rejecting } from '../services/referrals/src/domain/referral.fixture';
import { sam } from '../tools/start/story';
import { CONSENT, CONTACT, earlier, referral } from './access.fixture';
import type { SystemInProcess } from './system-in-process.fixture';

const NURSE = PERSONAS['community-nurse'].sub;

/** What is planted about one person; nobody else of the suite has anything like it. */
export const PLANTED = /Planted|999 ?001 ?(0609|0617)|1991-03-0[78]|LS7 ?3PQ|LS8 ?4RT/;
/** The same, about somebody who is not erased. */
export const KEPT = /Kept|LS9 ?5AA|999 ?001 ?0285|1992-04-05/;

/** Where the API takes sentences about a person: `<operation> <field>`. */
export const WORDS: readonly string[] = [
  'break-glass words',
  'decline-transfer explanation',
  'receive-referral reason',
  'record-consent words',
  'record-contact howToReach',
  'record-information words',
  'record-need words',
  'redirect-referral explanation',
  'reject-referral explanation',
  'request-information question',
  'review-break-glass words',
  'triage-referral explanation',
  'withdraw-referral explanation',
];

/** Somebody with words in every place that takes them, and others beside them. */
export async function plant(system: SystemInProcess) {
  const [people, referrals, flow] = system.services;
  const at = { people, referrals, flow };
  const post = async (service: keyof typeof at, who: PersonaName, path: string, body: object, version?: number) => {
    const ifMatch = version === undefined ? undefined : `W/"${version}"`;
    const answer = await at[service]!.as(who).post(path, body, { ifMatch });
    if (answer.status >= 300) throw new Error(`${path} answers ${answer.status}: ${JSON.stringify(answer.body)}`);
    return String(answer.body.id);
  };
  const openTeam = async (kind: string): Promise<string> => {
    const id = await post('flow', 'manager', '/teams', { name: kind, kind, telephone: '01632 960001' });
    await post('flow', 'manager', `/teams/${id}/practitioners`, { id: NURSE, name: 'Priya Shah', role: 'nurse' });
    return id;
  };
  const [intake, otherIntake, community, intensive] = [
    await openTeam('intake'),
    await openTeam('intake'),
    await openTeam('community'),
    await openTeam('intensive-support'),
  ];
  await eventually(async () => (await referrals!.asWorker('SELECT FROM directory_practitioner')).length === 4);

  const register = (details: object) => post('people', 'gp', '/people', { ...sam, ...details });
  const refer = async (personId: string, reason: string): Promise<string> => {
    const id = await post('referrals', 'gp', '/referrals', { ...referral(intake, { personId }), reason });
    await eventually(async () => (await people!.as('intake').get(`/people/${personId}`)).status === 200);
    return id;
  };
  const decide = (id: string, verb: string, body: object, version: number) =>
    post('referrals', 'intake', `/referrals/${id}/${verb}`, body, version);
  const support = async (personId: string, reason: string): Promise<string> => {
    const id = await refer(personId, reason);
    await decide(id, 'accept', { teamId: community, coordinatorId: NURSE, priority: 'soon' }, 1);
    return eventually(async () => {
      const { body } = await flow!.as('community-lead').get(`/holders/${personId}`);
      return body.by === 'episode' && (body.episodeId as string);
    }) as Promise<string>;
  };
  const sayNo = async (episodeId: string, explanation: string): Promise<void> => {
    const proposal = { episodeId, toTeamId: intensive, reasonCode: 'more-support', priority: 'soon' };
    const asked = { ...proposal, riskAssessedAt: earlier(1) };
    const transfer = await post('flow', 'community-lead', '/transfers', asked);
    const no = { reasonCode: 'criteria-not-met', alternativeCode: 'joint-review', explanation };
    await post('flow', 'intensive-lead', `/transfers/${transfer}/decline`, no, 1);
  };

  const homeIn = (line: string, postcode: string) => ({ lines: [line], postcode, responsibleIcb: 'QZ1' });
  const named = (
    givenName: string,
    familyName: string,
    nhsNumber: string,
    birthDate: string,
    postcode = 'LS7 3PQ',
  ) => ({
    ...{ givenName, familyName, nhsNumber, birthDate },
    home: homeIn(`1 ${familyName} Row`, postcode),
  });
  const personId = await register(named('Plantedgiven', 'Plantedfamily', '999 001 0609', '1991-03-07'));
  const aliasId = await register(named('Plantedalias', 'Plantedfamily', '9990010617', '1991-03-08'));
  const onTheWay = await refer(personId, 'Plantedreason');
  const toWithdraw = await refer(aliasId, 'Plantedaliasreason');
  const versionOf = async (id: string) =>
    Number((await people!.as('manager').get(`/people/${id}`)).etag?.match(/\d+/)?.[0]);
  const correction = { givenName: 'Plantedcorrected', familyName: 'Plantedmarried' };
  await post('people', 'manager', `/people/${personId}/correct`, correction, await versionOf(personId));
  const moved = { ...homeIn('2 Plantednew Row', 'LS8 4RT'), from: new Date().toISOString().slice(0, 10) };
  await post('people', 'manager', `/people/${personId}/homes`, moved);
  const need = { code: 'easy-read', words: 'Plantedneed' };
  await post('people', 'manager', `/people/${personId}/needs`, need);
  await post('people', 'manager', `/people/${personId}/needs`, { ...need, words: 'Plantedreviewed' });
  await post('people', 'manager', `/people/${aliasId}/needs`, { code: 'quiet-place', words: 'Plantedaliasneed' });
  for (const id of [personId, aliasId]) await post('people', 'manager', `/people/${id}/contacts`, CONTACT);
  for (const id of [personId, aliasId]) await post('people', 'manager', `/people/${id}/consents`, CONSENT);
  await post('people', 'manager', `/people/${aliasId}/merge`, { intoId: personId }, await versionOf(aliasId));
  const withdrawal = { reasonCode: 'said-no', capacity: 'has-capacity', explanation: 'Plantedwithdrawal' };
  await post('referrals', 'gp', `/referrals/${toWithdraw}/withdraw`, withdrawal);
  const look = await post('people', 'community-nurse', `/people/${personId}/break-glass`, {
    ...{ reasonCode: 'other', words: 'Plantedlook' },
  });

  const question = { itemCodes: ['risk'], askedOf: 'gp', question: 'Plantedquestion' };
  await decide(onTheWay, 'request-information', question, 1);
  await decide(onTheWay, 'record-information', { words: 'Plantedanswer' }, 2);
  await decide(onTheWay, 'triage', { priority: 'soon', riskBand: 'low', explanation: 'Plantedtriage' }, 3);
  const redirect = { toTeamId: otherIntake, reasonCode: 'area', explanation: 'Plantedredirect' };
  await decide(onTheWay, 'redirect', redirect, 4);
  await decide(onTheWay, 'withdraw-redirect', {}, 5);
  await decide(onTheWay, 'reject', { ...rejecting, explanation: 'Plantedrejection' }, 6);
  await sayNo(await support(personId, 'Plantedaccepted'), 'Plantedno');

  const supportedId = await register(named('Plantedlater', 'Plantedlater', '9990010277', '1991-03-07'));
  await support(supportedId, 'Plantedlaterreason');
  const openReferralId = await refer(supportedId, 'Plantedopenreason');

  const keptId = await register(named('Keptgiven', 'Keptfamily', '9990010285', '1992-04-05', 'LS9 5AA'));
  await sayNo(await support(keptId, 'Keptreason'), 'Keptno');
  await post('people', 'manager', `/people/${keptId}/needs`, { code: 'easy-read', words: 'Keptneed' });
  return {
    ...{ personId, aliasId, supportedId, openReferralId, keptId, post },
    review: () =>
      post('people', 'privacy', `/break-glass/${look}/review`, { outcome: 'justified', words: 'Plantedreview' }),
    die: (id: string) =>
      post('people', 'community-lead', `/people/${id}/record-death`, { diedOn: new Date().toISOString().slice(0, 10) }),
    registerAgain: () => register(named('Again', 'Again', '999 001 0609', '1991-03-07')),
    refer: (id: string) =>
      referrals!.as('gp').post('/referrals', { ...referral(intake, { personId: id }), reason: 'x' }),
  };
}
