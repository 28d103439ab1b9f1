import { PERSONAS, type PersonaName } from '../infra/local/issuer/personas';
import { rejecting } from '../services/referrals/src/domain/referral.fixture';
import { sam } from '../tools/start/story';
import { earlier, referral, type World } from './access.fixture';
import { get, PEOPLE_EXAMPLES, samOf, UNKNOWN_NUMBER } from './access.people.examples';

/** One request; `of` says the id, and whoever asks with another id asks for what nobody has. */
export interface Asked {
  path: string;
  body?: object;
  ifMatch?: string;
}

export interface Example {
  /**
   * What the permitted role of another organisation meets: `hidden` is 404, as for an id that nobody has; `list` is a
   * list without the person, as for an id that nobody has; `open` is nobody’s secret, and answers alike for all;
   * `emergency` is open to a clinical role for anybody who exists, and tells nothing of them.
   */
  stranger: 'hidden' | 'list' | 'open' | 'emergency' | 'services-only';
  /** Who may, and does. */
  who: PersonaName | 'service';
  /** The id in it that a stranger must not find out about. */
  about(world: World): string;
  ask(id: string, world: World): Asked;
}

const nurse = PERSONAS['community-nurse'].sub;

/** A new route is added here, or the suite fails. */
export const EXAMPLES: Record<string, Example> = {
  ...PEOPLE_EXAMPLES,

  'POST /referrals': {
    stranger: 'open',
    who: 'gp',
    about: () => sam.nhsNumber,
    ask: (known, { teams }) => {
      const person = { ...sam, nhsNumber: known === sam.nhsNumber ? known : UNKNOWN_NUMBER };
      return { path: '/referrals', body: referral(teams.intake, { person }) };
    },
  },
  'POST /referrals/{id}/accept': {
    stranger: 'hidden',
    who: 'intake',
    about: (world) => world.sam.received,
    ask: (id, { teams }) => ({
      path: `/referrals/${id}/accept`,
      body: { teamId: teams.community, coordinatorId: nurse, priority: 'soon' },
      ifMatch: 'W/"1"',
    }),
  },
  'POST /referrals/{id}/reject': {
    stranger: 'hidden',
    who: 'intake',
    about: (world) => world.sam.toReject,
    ask: (id) => ({ path: `/referrals/${id}/reject`, body: rejecting, ifMatch: 'W/"1"' }),
  },
  'POST /referrals/{id}/request-information': {
    stranger: 'hidden',
    who: 'intake',
    about: (world) => world.sam.toAsk,
    ask: (id) => ({
      path: `/referrals/${id}/request-information`,
      body: { itemCodes: ['risk'], askedOf: 'gp', question: 'Plantedquestion' },
      ifMatch: 'W/"1"',
    }),
  },
  'POST /referrals/{id}/record-information': {
    stranger: 'hidden',
    who: 'intake',
    about: (world) => world.sam.asked,
    ask: (id) => ({ path: `/referrals/${id}/record-information`, body: { words: 'Plantedwords' } }),
  },
  'POST /referrals/{id}/triage': {
    stranger: 'hidden',
    who: 'intake',
    about: (world) => world.sam.toTriage,
    ask: (id) => ({ path: `/referrals/${id}/triage`, body: { priority: 'soon', riskBand: 'low' }, ifMatch: 'W/"1"' }),
  },
  'POST /referrals/{id}/redirect': {
    stranger: 'hidden',
    who: 'intake',
    about: (world) => world.sam.toRedirect,
    ask: (id, { teams }) => ({
      path: `/referrals/${id}/redirect`,
      body: { toTeamId: teams.otherIntake, reasonCode: 'area' },
      ifMatch: 'W/"1"',
    }),
  },
  'POST /referrals/{id}/acknowledge-redirect': {
    stranger: 'hidden',
    who: 'intake',
    about: (world) => world.sam.toAcknowledge,
    ask: (id) => ({ path: `/referrals/${id}/acknowledge-redirect`, body: {}, ifMatch: 'W/"2"' }),
  },
  'POST /referrals/{id}/withdraw-redirect': {
    stranger: 'hidden',
    who: 'intake',
    about: (world) => world.sam.toTakeBack,
    ask: (id) => ({ path: `/referrals/${id}/withdraw-redirect`, body: {}, ifMatch: 'W/"2"' }),
  },
  'POST /referrals/{id}/withdraw': {
    stranger: 'hidden',
    who: 'intake',
    about: (world) => world.sam.toWithdraw,
    ask: (id) => ({ path: `/referrals/${id}/withdraw`, body: { reasonCode: 'no-longer-needed' } }),
  },
  'POST /referrals/{id}/care-contacts': {
    stranger: 'hidden',
    who: 'intake',
    about: (world) => world.sam.referral,
    ask: (id) => ({
      path: `/referrals/${id}/care-contacts`,
      body: { at: earlier(0), way: 'telephone', withWhom: 'person', outcome: 'attended' },
    }),
  },
  'GET /referrals/{id}': {
    stranger: 'hidden',
    who: 'gp',
    about: (world) => world.sam.referral,
    ask: get((id) => `/referrals/${id}`),
  },
  'GET /referrals': { stranger: 'hidden', who: 'gp', about: samOf, ask: get((id) => `/referrals?personId=${id}`) },
  'GET /worklist': {
    stranger: 'list',
    who: 'intake',
    about: ({ teams }) => teams.intake,
    ask: get((id) => `/worklist?teamId=${id}&status=accepted`),
  },
  'POST /teams': {
    stranger: 'open',
    who: 'manager',
    about: () => '',
    ask: () => ({ path: '/teams', body: { name: 'Another', kind: 'community', telephone: '01632 960009' } }),
  },
  'POST /teams/{id}/practitioners': {
    // Who is in a team is nobody’s secret; only its own organisation says so.
    stranger: 'open',
    who: 'manager',
    about: ({ teams }) => teams.community,
    ask: (_, { teams }) => ({
      path: `/teams/${teams.community}/practitioners`,
      body: { id: PERSONAS.manager.sub, name: 'Ada Manager', role: 'manager' },
    }),
  },
  'GET /policy/rules': { stranger: 'open', who: 'gp', about: () => '', ask: get(() => '/policy/rules') },
  'GET /teams': { stranger: 'open', who: 'gp', about: () => '', ask: get(() => '/teams') },
  'GET /teams/{id}': {
    stranger: 'open',
    who: 'gp',
    about: () => '',
    ask: (_, { teams }) => ({ path: `/teams/${teams.intensive}` }),
  },
  'GET /deadlines': { stranger: 'list', who: 'intake', about: samOf, ask: get(() => '/deadlines') },
  'GET /teams/{id}/work-items': {
    stranger: 'list',
    who: 'community-lead',
    about: ({ teams }) => teams.community,
    ask: get((id) => `/teams/${id}/work-items`),
  },
  'POST /work-items/{id}/settle': {
    stranger: 'hidden',
    who: 'intensive-lead',
    about: ({ workItem }) => workItem,
    ask: (id) => ({ path: `/work-items/${id}/settle`, body: {} }),
  },
  'POST /transfers': {
    stranger: 'hidden',
    who: 'community-lead',
    about: (world) => world.sam.episode,
    ask: (episodeId, { teams }) => ({
      path: '/transfers',
      body: {
        ...{ episodeId, toTeamId: teams.intensive, reasonCode: 'more-support', priority: 'soon' },
        riskAssessedAt: earlier(1),
      },
    }),
  },
  'POST /transfers/{id}/accept': {
    stranger: 'hidden',
    who: 'intensive-lead',
    about: ({ proposed }) => proposed.transfer,
    ask: (id) => ({
      path: `/transfers/${id}/accept`,
      body: { coordinatorId: nurse, startsAt: earlier(0) },
      ifMatch: 'W/"1"',
    }),
  },
  'POST /transfers/{id}/decline': {
    stranger: 'hidden',
    who: 'intensive-lead',
    about: ({ toDecline }) => toDecline.transfer,
    ask: (id) => ({
      path: `/transfers/${id}/decline`,
      body: { reasonCode: 'criteria-not-met', alternativeCode: 'joint-review' },
      ifMatch: 'W/"1"',
    }),
  },
  'POST /transfers/{id}/withdraw': {
    stranger: 'hidden',
    who: 'community-lead',
    about: ({ toTakeBack }) => toTakeBack.transfer,
    ask: (id) => ({
      path: `/transfers/${id}/withdraw`,
      body: { reasonCode: 'no-longer-needed' },
      ifMatch: 'W/"1"',
    }),
  },
  'POST /transfers/{id}/complete': {
    stranger: 'hidden',
    who: 'intensive-lead',
    about: ({ accepted }) => accepted.transfer,
    ask: (id) => ({
      path: `/transfers/${id}/complete`,
      body: { handoverComplete: true, firstContactAt: earlier(0), personInformedAt: earlier(0) },
      ifMatch: 'W/"2"',
    }),
  },
  'GET /transfers': {
    stranger: 'list',
    who: 'intensive-lead',
    about: ({ teams }) => teams.intensive,
    ask: get((id) => `/transfers?teamId=${id}`),
  },
  'GET /transfers/{id}': {
    stranger: 'hidden',
    who: 'community-lead',
    about: ({ accepted }) => accepted.transfer,
    ask: get((id) => `/transfers/${id}`),
  },
  'POST /hospital-stays': {
    stranger: 'hidden',
    who: 'community-lead',
    about: ({ staying }) => staying.personId,
    ask: (personId, { teams }) => ({
      path: '/hospital-stays',
      body: { personId, teamId: teams.hospital, coordinatorId: nurse, admittedAt: earlier(0) },
    }),
  },
  'POST /hospital-stays/record-discharge': {
    stranger: 'hidden',
    who: 'community-lead',
    about: ({ staying }) => staying.personId,
    ask: (personId, { teams }) => ({
      path: '/hospital-stays/record-discharge',
      body: { personId, teamId: teams.community, coordinatorId: nurse, kind: 'planned' },
    }),
  },
  'POST /hospital-stays/{id}/move': {
    stranger: 'hidden',
    who: 'community-lead',
    about: ({ staying }) => staying.stay,
    ask: (id, { teams }) => ({
      path: `/hospital-stays/${id}/move`,
      body: { teamId: teams.hospital, coordinatorId: nurse },
    }),
  },
  'POST /hospital-stays/{id}/discharge': {
    stranger: 'hidden',
    who: 'community-lead',
    about: ({ staying }) => staying.stay,
    ask: (id, { teams }) => ({
      path: `/hospital-stays/${id}/discharge`,
      body: { teamId: teams.community, coordinatorId: nurse, kind: 'planned' },
    }),
  },
  'POST /hospital-stays/{id}/accept-discharge': {
    stranger: 'hidden',
    who: 'community-lead',
    about: ({ home }) => home.stay,
    ask: (id) => ({ path: `/hospital-stays/${id}/accept-discharge`, body: {} }),
  },
  'GET /hospital-stays/{id}': {
    stranger: 'hidden',
    who: 'community-lead',
    about: ({ staying }) => staying.stay,
    ask: get((id) => `/hospital-stays/${id}`),
  },
  'GET /holders/{personId}': {
    stranger: 'hidden',
    who: 'community-lead',
    about: samOf,
    ask: get((id) => `/holders/${id}`),
  },
  'GET /journeys/{personId}': {
    stranger: 'hidden',
    who: 'community-lead',
    about: samOf,
    ask: get((id) => `/journeys/${id}`),
  },
};
