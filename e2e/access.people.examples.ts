import { londonDate } from '@homeward/kernel';
import { randomUUID } from 'node:crypto';
import { PERSONAS } from '../infra/local/issuer/personas';
import { sam } from '../tools/start/story';
import type { Example } from './access.examples';
import { CONSENT, CONTACT, earlier, type World } from './access.fixture';

export const UNKNOWN_NUMBER = '9990010048';
export const samOf = ({ sam: { personId } }: World): string => personId;
export const get = (path: (id: string) => string) => (id: string) => ({ path: path(id) });

/** The routes of people, for `access.examples.ts`. */
export const PEOPLE_EXAMPLES: Record<string, Example> = {
  'POST /people': {
    stranger: 'open',
    who: 'gp',
    about: () => sam.nhsNumber,
    ask: (known) => ({
      path: '/people',
      body: { ...sam, nhsNumber: known === sam.nhsNumber ? known : UNKNOWN_NUMBER },
    }),
  },
  'POST /people/internal/registrations': {
    stranger: 'services-only',
    who: 'service',
    about: samOf,
    ask: () => ({
      path: '/people/internal/registrations',
      body: { requestId: randomUUID(), organisation: 'A99001', person: sam },
    }),
  },
  'GET /people/cards': { stranger: 'list', who: 'intake', about: samOf, ask: get((id) => `/people/cards?ids=${id}`) },
  'POST /people/search': {
    stranger: 'list',
    who: 'intake',
    about: () => sam.nhsNumber,
    ask: (known) => ({
      path: '/people/search',
      body: { nhsNumber: known === sam.nhsNumber ? known : UNKNOWN_NUMBER },
    }),
  },
  'GET /people/work-items': { stranger: 'list', who: 'manager', about: samOf, ask: get(() => '/people/work-items') },
  'GET /people/{id}/looks': {
    stranger: 'hidden',
    who: 'privacy',
    about: samOf,
    ask: get((id) => `/people/${id}/looks`),
  },
  'GET /people/looks': {
    stranger: 'list',
    who: 'privacy',
    about: () => PERSONAS.intake.sub,
    ask: get((sub) => `/people/looks?by=${sub}`),
  },
  // Who may look in an emergency is answered alike by design; who may not is 403, and nobody is 404.
  'POST /people/{id}/break-glass': {
    stranger: 'emergency',
    who: 'community-lead',
    about: samOf,
    ask: (id) => ({ path: `/people/${id}/break-glass`, body: { reasonCode: 'emergency-care' } }),
  },
  'GET /break-glass/{id}': {
    stranger: 'hidden',
    who: 'privacy',
    about: ({ look }) => look,
    ask: get((id) => `/break-glass/${id}`),
  },
  'POST /break-glass/{id}/review': {
    stranger: 'hidden',
    who: 'privacy',
    about: ({ look }) => look,
    ask: (id) => ({ path: `/break-glass/${id}/review`, body: { outcome: 'justified' } }),
  },
  'GET /people/internal/{id}/facts': {
    stranger: 'services-only',
    who: 'service',
    about: samOf,
    ask: get((id) => `/people/internal/${id}/facts`),
  },
  'GET /people/internal/{id}/consent': {
    stranger: 'services-only',
    who: 'service',
    about: samOf,
    ask: get((id) => `/people/internal/${id}/consent?purpose=register`),
  },
  'POST /people/{id}/correct': {
    stranger: 'hidden',
    who: 'intake',
    about: ({ changing }) => changing.personId,
    ask: (id) => ({ path: `/people/${id}/correct`, body: { basis: 'autism' }, ifMatch: 'W/"1"' }),
  },
  'POST /people/{id}/homes': {
    stranger: 'hidden',
    who: 'intake',
    about: ({ changing }) => changing.personId,
    ask: (id) => ({ path: `/people/${id}/homes`, body: { ...sam.home, from: '2026-01-01' } }),
  },
  'GET /people/{id}/homes': {
    stranger: 'hidden',
    who: 'intake',
    about: samOf,
    ask: get((id) => `/people/${id}/homes`),
  },
  'POST /people/{id}/restrict-home': {
    stranger: 'hidden',
    who: 'intake',
    about: ({ accepted }) => accepted.personId,
    ask: (id) => ({ path: `/people/${id}/restrict-home`, body: {} }),
  },
  'POST /people/{id}/lift-home-restriction': {
    stranger: 'hidden',
    who: 'community-nurse',
    about: ({ toTakeBack }) => toTakeBack.personId,
    ask: (id) => ({ path: `/people/${id}/lift-home-restriction`, body: { from: londonDate(new Date()) } }),
  },
  'GET /people/{id}/restricted-homes': {
    stranger: 'hidden',
    who: 'community-nurse',
    about: samOf,
    ask: get((id) => `/people/${id}/restricted-homes`),
  },
  'POST /people/{id}/needs': {
    stranger: 'hidden',
    who: 'intake',
    about: ({ changing }) => changing.personId,
    ask: (id) => ({ path: `/people/${id}/needs`, body: { code: 'large-print' } }),
  },
  'POST /people/{id}/needs/{needId}/end': {
    stranger: 'hidden',
    who: 'community-lead',
    about: ({ sam: { need } }) => need,
    ask: (id, { sam: { personId } }) => ({
      path: `/people/${personId}/needs/${id}/end`,
      body: { reasonCode: 'not-needed' },
    }),
  },
  'GET /people/{id}/needs': {
    stranger: 'hidden',
    who: 'intake',
    about: samOf,
    ask: get((id) => `/people/${id}/needs`),
  },
  'POST /people/{id}/contacts': {
    stranger: 'hidden',
    who: 'intake',
    about: samOf,
    ask: (id) => ({ path: `/people/${id}/contacts`, body: CONTACT }),
  },
  'POST /people/{id}/contacts/{contactId}/end': {
    stranger: 'hidden',
    who: 'intake',
    about: ({ sam: { contact } }) => contact,
    ask: (id, { sam: { personId } }) => ({ path: `/people/${personId}/contacts/${id}/end`, body: {} }),
  },
  'GET /people/{id}/contacts': {
    stranger: 'hidden',
    who: 'intake',
    about: samOf,
    ask: get((id) => `/people/${id}/contacts`),
  },
  'POST /people/{id}/consents': {
    stranger: 'hidden',
    who: 'intake',
    about: samOf,
    ask: (id) => ({ path: `/people/${id}/consents`, body: CONSENT }),
  },
  'POST /people/{id}/consents/{consentId}/withdraw': {
    stranger: 'hidden',
    who: 'intake',
    about: ({ sam: { consent } }) => consent,
    ask: (id, { sam: { personId } }) => ({ path: `/people/${personId}/consents/${id}/withdraw`, body: {} }),
  },
  'GET /people/{id}/consents': {
    stranger: 'hidden',
    who: 'intake',
    about: samOf,
    ask: get((id) => `/people/${id}/consents`),
  },
  'POST /people/{id}/record-death': {
    stranger: 'hidden',
    who: 'intake',
    about: ({ changing }) => changing.personId,
    ask: (id) => ({ path: `/people/${id}/record-death`, body: { diedOn: earlier(1).slice(0, 10) } }),
  },
  'POST /people/{id}/merge': {
    stranger: 'hidden',
    who: 'manager',
    about: ({ changing }) => changing.old,
    ask: (id, { changing }) => ({ path: `/people/${id}/merge`, body: { intoId: changing.survivor }, ifMatch: 'W/"1"' }),
  },
  'GET /people/{id}': { stranger: 'hidden', who: 'intake', about: samOf, ask: get((id) => `/people/${id}`) },
};
