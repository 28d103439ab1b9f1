import { PERSONAS } from '../infra/local/issuer/personas';
import { rejecting } from '../services/referrals/src/domain/referral.fixture';
import { sam } from '../tools/start/story';
import type { Asked } from './access.examples';
import { CONSENT, CONTACT, type World } from './access.fixture';

/** One request about somebody. Past every wall it changes nothing: it names an old version, or what the domain refuses. */
export interface Probe extends Asked {
  personId: string;
}

const nurse = PERSONAS['community-nurse'].sub;
const OLD = 'W/"999"';
const FUTURE = '2099-01-01';
const nothing = ({ sam: { personId } }: World, path: string): Probe => ({ personId, path, body: {} });
const read = (personId: string, path: string): Probe => ({ personId, path });
const ofReferral = (of: keyof World['sam'], path: string, body: object) => (world: World) => ({
  ...{ personId: world.sam.personId, path: `/referrals/${world.sam[of]}/${path}`, body, ifMatch: OLD },
});
const ofTransfer = (path: string, body: object) => (world: World) => ({
  ...{ personId: world.proposed.personId, path: `/transfers/${world.proposed.transfer}/${path}`, body, ifMatch: OLD },
});

export const PROBES: Record<string, (world: World) => Probe> = {
  'POST /people': (world) => nothing(world, '/people'),
  'POST /people/internal/registrations': (world) => nothing(world, '/people/internal/registrations'),
  'POST /people/{id}/correct': ({ sam: { personId } }) => ({
    ...{ personId, path: `/people/${personId}/correct`, body: { basis: 'autism' }, ifMatch: OLD },
  }),
  'POST /people/{id}/homes': ({ sam: { personId } }) => ({
    ...{ personId, path: `/people/${personId}/homes`, body: { ...sam.home, from: FUTURE } },
  }),
  'POST /people/{id}/restrict-home': ({ sam: { personId } }) => ({
    ...{ personId, path: `/people/${personId}/restrict-home`, body: { from: FUTURE } },
  }),
  'POST /people/{id}/lift-home-restriction': ({ sam: { personId } }) => ({
    ...{ personId, path: `/people/${personId}/lift-home-restriction`, body: { from: FUTURE } },
  }),
  'GET /people/{id}/restricted-homes': ({ sam: { personId } }) =>
    read(personId, `/people/${personId}/restricted-homes`),
  'POST /people/{id}/needs': ({ sam: { personId } }) => ({
    ...{ personId, path: `/people/${personId}/needs`, body: { code: 'easy-read', since: FUTURE } },
  }),
  'POST /people/{id}/needs/{needId}/end': ({ sam: { personId, endedNeed } }) => ({
    ...{ personId, path: `/people/${personId}/needs/${endedNeed}/end`, body: { reasonCode: 'not-needed' } },
  }),
  'GET /people/{id}/needs': ({ sam: { personId } }) => read(personId, `/people/${personId}/needs`),
  'POST /people/{id}/contacts': ({ sam: { personId } }) => ({
    ...{ personId, path: `/people/${personId}/contacts`, body: { ...CONTACT, until: '2020-01-01' } },
  }),
  'POST /people/{id}/contacts/{contactId}/end': ({ sam: { personId, contact } }) => ({
    ...{ personId, path: `/people/${personId}/contacts/${contact}/end`, body: { endedAt: `${FUTURE}T00:00:00Z` } },
  }),
  'GET /people/{id}/contacts': ({ sam: { personId } }) => read(personId, `/people/${personId}/contacts`),
  'POST /people/{id}/consents': ({ sam: { personId } }) => ({
    ...{ personId, path: `/people/${personId}/consents`, body: { ...CONSENT, on: FUTURE } },
  }),
  'POST /people/{id}/consents/{consentId}/withdraw': ({ sam: { personId, consent } }) => ({
    ...{ personId, path: `/people/${personId}/consents/${consent}/withdraw` },
    body: { withdrawnAt: `${FUTURE}T00:00:00Z` },
  }),
  'GET /people/{id}/consents': ({ sam: { personId } }) => read(personId, `/people/${personId}/consents`),
  'POST /people/{id}/record-death': ({ sam: { personId } }) => ({
    ...{ personId, path: `/people/${personId}/record-death`, body: { diedOn: FUTURE } },
  }),
  'POST /people/{id}/merge': ({ changing: { old, survivor } }) => ({
    ...{ personId: old, path: `/people/${old}/merge`, body: { intoId: survivor }, ifMatch: OLD },
  }),
  'GET /people/cards': ({ sam: { personId } }) => read(personId, `/people/cards?ids=${personId}`),
  'POST /people/search': ({ sam: { personId } }) => ({
    ...{ personId, path: '/people/search', body: { nhsNumber: sam.nhsNumber } },
  }),
  'GET /people/work-items': ({ sam: { personId } }) => read(personId, '/people/work-items'),
  'POST /people/{id}/break-glass': ({ sam: { personId } }) => ({
    ...{ personId, path: `/people/${personId}/break-glass`, body: { reasonCode: 'other' } },
  }),
  'GET /break-glass/{id}': ({ home: { personId }, look }) => read(personId, `/break-glass/${look}`),
  'POST /break-glass/{id}/review': ({ home: { personId }, look }) => ({
    ...{ personId, path: `/break-glass/${look}/review`, body: { outcome: 'justified' } },
  }),
  'GET /people/internal/{id}/facts': ({ sam: { personId } }) => read(personId, `/people/internal/${personId}/facts`),
  'GET /people/internal/{id}/consent': ({ sam: { personId } }) =>
    read(personId, `/people/internal/${personId}/consent?purpose=register`),
  'GET /people/looks': ({ sam: { personId } }) => read(personId, `/people/looks?by=${PERSONAS.intake.sub}`),
  'GET /people/{id}/looks': ({ sam: { personId } }) => read(personId, `/people/${personId}/looks`),
  'GET /people/{id}/homes': ({ sam: { personId } }) => read(personId, `/people/${personId}/homes`),
  'GET /people/{id}': ({ sam: { personId } }) => read(personId, `/people/${personId}`),

  'POST /referrals': (world) => nothing(world, '/referrals'),
  'POST /referrals/{id}/request-information': ofReferral('received', 'request-information', {
    ...{ itemCodes: ['risk'], askedOf: 'gp', question: 'Plantedquestion' },
  }),
  'POST /referrals/{id}/record-information': ofReferral('received', 'record-information', { words: 'Plantedwords' }),
  'POST /referrals/{id}/triage': ofReferral('received', 'triage', { priority: 'soon', riskBand: 'low' }),
  'POST /referrals/{id}/redirect': (world) =>
    ofReferral('received', 'redirect', { toTeamId: world.teams.otherIntake, reasonCode: 'area' })(world),
  'POST /referrals/{id}/acknowledge-redirect': ofReferral('toAcknowledge', 'acknowledge-redirect', {}),
  'POST /referrals/{id}/withdraw-redirect': ofReferral('toTakeBack', 'withdraw-redirect', {}),
  'POST /referrals/{id}/accept': (world) => {
    const body = { teamId: world.teams.community, coordinatorId: nurse, priority: 'soon' };
    return ofReferral('received', 'accept', body)(world);
  },
  'POST /referrals/{id}/reject': ofReferral('received', 'reject', rejecting),
  'POST /referrals/{id}/withdraw': ofReferral('received', 'withdraw', {
    ...{ reasonCode: 'no-longer-needed', withdrawnAt: `${FUTURE}T00:00:00Z` },
  }),
  'POST /referrals/{id}/care-contacts': ofReferral('received', 'care-contacts', {
    ...{ at: `${FUTURE}T00:00:00Z`, way: 'telephone', withWhom: 'person', outcome: 'attended' },
  }),
  'GET /referrals/{id}': ({ sam: { personId, received } }) => read(personId, `/referrals/${received}`),
  'GET /referrals': ({ sam: { personId } }) => read(personId, `/referrals?personId=${personId}`),
  'GET /worklist': ({ sam: { personId }, teams }) => read(personId, `/worklist?teamId=${teams.intake}&status=received`),

  'GET /deadlines': ({ sam: { personId }, teams }) => read(personId, `/deadlines?teamId=${teams.intake}`),
  'GET /policy/rules': ({ sam: { personId } }) => read(personId, '/policy/rules'),
  'POST /teams': (world) => nothing(world, '/teams'),
  'POST /teams/{id}/practitioners': (world) => nothing(world, `/teams/${world.teams.community}/practitioners`),
  'GET /teams': ({ sam: { personId } }) => read(personId, '/teams'),
  'GET /teams/{id}': ({ sam: { personId }, teams }) => read(personId, `/teams/${teams.community}`),
  'GET /teams/{id}/work-items': ({ home: { personId }, teams }) =>
    read(personId, `/teams/${teams.community}/work-items`),
  'POST /work-items/{id}/settle': (world) => nothing(world, `/work-items/${world.workItem}/settle`),
  'POST /transfers': ({ sam: { personId, episode }, teams }) => ({
    ...{ personId, path: '/transfers' },
    body: {
      ...{ episodeId: episode, toTeamId: teams.community, reasonCode: 'more-support', priority: 'soon' },
      riskAssessedAt: new Date().toISOString(),
    },
  }),
  'POST /transfers/{id}/accept': ofTransfer('accept', { coordinatorId: nurse, startsAt: `${FUTURE}T00:00:00Z` }),
  'POST /transfers/{id}/decline': ofTransfer('decline', {
    ...{ reasonCode: 'criteria-not-met', alternativeCode: 'joint-review' },
  }),
  'POST /transfers/{id}/withdraw': ofTransfer('withdraw', { reasonCode: 'no-longer-needed' }),
  'POST /transfers/{id}/complete': ofTransfer('complete', {
    ...{ handoverComplete: true, firstContactAt: '2026-01-01T00:00:00Z', personInformedAt: '2026-01-01T00:00:00Z' },
  }),
  'GET /transfers': ({ proposed: { personId }, teams }) =>
    read(personId, `/transfers?teamId=${teams.intensive}&status=open`),
  'GET /transfers/{id}': ({ proposed: { personId, transfer } }) => read(personId, `/transfers/${transfer}`),
  'POST /hospital-stays': ({ staying: { personId }, teams }) => ({
    ...{ personId, path: '/hospital-stays', body: { personId, teamId: teams.community, coordinatorId: nurse } },
  }),
  'POST /hospital-stays/record-discharge': ({ staying: { personId }, teams }) => ({
    ...{ personId, path: '/hospital-stays/record-discharge' },
    body: { personId, teamId: teams.hospital, coordinatorId: nurse, kind: 'planned' },
  }),
  'POST /hospital-stays/{id}/move': ({ staying: { personId, stay }, teams }) => ({
    ...{ personId, path: `/hospital-stays/${stay}/move`, body: { teamId: teams.community, coordinatorId: nurse } },
  }),
  'POST /hospital-stays/{id}/discharge': ({ staying: { personId, stay }, teams }) => ({
    ...{ personId, path: `/hospital-stays/${stay}/discharge` },
    body: { teamId: teams.hospital, coordinatorId: nurse, kind: 'planned' },
  }),
  'POST /hospital-stays/{id}/accept-discharge': ({ home: { personId, stay } }) => ({
    ...{ personId, path: `/hospital-stays/${stay}/accept-discharge`, body: {} },
  }),
  'GET /hospital-stays/{id}': ({ staying: { personId, stay } }) => read(personId, `/hospital-stays/${stay}`),
  'GET /holders/{personId}': ({ sam: { personId } }) => read(personId, `/holders/${personId}`),
  'GET /journeys/{personId}': ({ sam: { personId } }) => read(personId, `/journeys/${personId}`),
};
