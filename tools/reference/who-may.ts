import type { Role } from '@homeward/auth';

/**
 * Who may call which route, and which relationship with the person opens it: what the decorators and the queries have to
 * do, written down once more and by hand. `who-may.spec.ts` and `e2e/who-may.int.spec.ts` hold the system against it.
 */
export interface WhoMay {
  may: readonly Role[];
  opens: Opening | { else: Opening; for: Partial<Record<Role, Opening>> };
}

/**
 * `everybody`: nothing of a person is told. `own organisation`: what it was asked, or wrote itself. Else the relationships
 * one of which the caller must have with the person, now.
 */
export type Opening = 'everybody' | 'own organisation' | readonly Relation[];

/** A relationship kind, told apart by what it is about, or by whether the caller is a member of the team, where that matters. */
export const RELATIONS = [
  'intake',
  'accepting-team',
  'referrer',
  'receiving-team of a referral',
  'receiving-team of a transfer',
  'accountable-team',
  'accountable-team of their own',
  'contributing-team',
  'coordinator',
  'break-glass',
  'self',
  'family',
  'advocate',
] as const;
export type Relation = (typeof RELATIONS)[number];

const INTAKE: Role[] = ['intake', 'triage-clinician', 'team-lead'];
const CLINICAL: Role[] = [...INTAKE, 'coordinator'];
const STAFF: Role[] = [...CLINICAL, 'manager'];
const HOSPITAL: Role[] = ['intake', 'team-lead', 'coordinator', 'manager'];
const TEAM: Role[] = ['team-lead', 'coordinator'];
const READERS: Role[] = ['referrer', ...STAFF, 'person'];
const ALL: Role[] = ['referrer', ...STAFF, 'commissioner', 'privacy', 'operations', 'person'];

const EPISODE: Relation[] = [
  'receiving-team of a transfer',
  'accountable-team',
  'accountable-team of their own',
  'contributing-team',
  'coordinator',
  'self',
];
const JOURNEY: Relation[] = ['intake', ...EPISODE];
const SUPPORTS: Relation[] = ['accepting-team', 'receiving-team of a referral', ...JOURNEY];
const OF_A_REFERRAL: WhoMay['opens'] = {
  else: ['intake', 'accepting-team', 'receiving-team of a referral', 'referrer', 'break-glass'],
  for: { referrer: ['referrer'], manager: ['referrer'], person: ['referrer'] },
};
const NAMED: Relation[] = ['accountable-team of their own', 'coordinator'];
/** Who guards privacy reads a record by break-glass, and nothing without. */
const orPrivacy = (may: Role[], opens: readonly Relation[]): WhoMay => ({
  may: [...may, 'privacy'],
  opens: { else: opens, for: { privacy: ['break-glass'] } },
});
const looking = (relations: readonly Relation[]): Relation[] => [...relations, 'break-glass'];
/** What a person sees of their own, family with authority and an advocate see too (PERM-11). */
const closeTo = (relations: readonly Relation[]): Relation[] => [...looking(relations), 'family', 'advocate'];

export const WHO_MAY: Record<string, WhoMay> = {
  'POST /people': { may: ['referrer', ...STAFF], opens: 'everybody' },
  'POST /people/internal/registrations': { may: ['service'], opens: 'everybody' },
  'POST /people/{id}/correct': { may: STAFF, opens: SUPPORTS },
  'POST /people/{id}/homes': { may: STAFF, opens: SUPPORTS },
  'POST /people/{id}/restrict-home': { may: STAFF, opens: SUPPORTS },
  'POST /people/{id}/lift-home-restriction': { may: TEAM, opens: NAMED },
  'GET /people/{id}/restricted-homes': { may: [...TEAM, 'person'], opens: [...NAMED, 'self'] },
  'POST /people/{id}/needs': { may: STAFF, opens: SUPPORTS },
  'POST /people/{id}/needs/{needId}/end': { may: STAFF, opens: SUPPORTS },
  'POST /people/{id}/contacts': { may: STAFF, opens: SUPPORTS },
  'POST /people/{id}/contacts/{contactId}/end': { may: STAFF, opens: SUPPORTS },
  'GET /people/{id}/contacts': orPrivacy([...STAFF, 'person'], looking(SUPPORTS)),
  'POST /people/{id}/consents': { may: STAFF, opens: SUPPORTS },
  'POST /people/{id}/consents/{consentId}/withdraw': { may: STAFF, opens: SUPPORTS },
  'GET /people/{id}/consents': orPrivacy([...STAFF, 'person'], closeTo(SUPPORTS)),
  'POST /people/{id}/record-death': { may: STAFF, opens: SUPPORTS },
  'POST /people/{id}/merge': { may: ['manager'], opens: SUPPORTS },
  'GET /people/cards': { may: [...STAFF, 'person'], opens: closeTo(SUPPORTS) },
  'POST /people/search': { may: STAFF, opens: looking(SUPPORTS) },
  'GET /people/work-items': {
    may: ['manager', 'privacy'],
    opens: { else: SUPPORTS, for: { privacy: 'own organisation' } },
  },
  'POST /people/{id}/break-glass': {
    may: ['triage-clinician', 'team-lead', 'coordinator', 'privacy'],
    opens: 'everybody',
  },
  'GET /break-glass/{id}': { may: ['privacy'], opens: 'own organisation' },
  'POST /break-glass/{id}/review': { may: ['privacy'], opens: 'own organisation' },
  'GET /people/internal/{id}/facts': { may: ['service'], opens: 'everybody' },
  'GET /people/internal/{id}/consent': { may: ['service'], opens: 'everybody' },
  'GET /people/looks': { may: ['privacy'], opens: 'own organisation' },
  'GET /people/{id}/looks': { may: ['person', 'privacy'], opens: looking(SUPPORTS) },
  'GET /people/{id}/needs': orPrivacy([...STAFF, 'person'], closeTo(SUPPORTS)),
  'GET /people/{id}/homes': orPrivacy([...STAFF, 'person'], closeTo(SUPPORTS)),
  'GET /people/{id}': orPrivacy(READERS, closeTo(SUPPORTS)),

  'POST /referrals': { may: READERS, opens: 'everybody' },
  'POST /referrals/{id}/request-information': { may: INTAKE, opens: ['intake'] },
  'POST /referrals/{id}/record-information': { may: INTAKE, opens: ['intake'] },
  'POST /referrals/{id}/triage': { may: ['triage-clinician'], opens: ['intake'] },
  'POST /referrals/{id}/redirect': { may: INTAKE, opens: ['intake'] },
  'POST /referrals/{id}/acknowledge-redirect': { may: INTAKE, opens: ['intake', 'receiving-team of a referral'] },
  'POST /referrals/{id}/withdraw-redirect': { may: INTAKE, opens: ['intake'] },
  'POST /referrals/{id}/accept': { may: INTAKE, opens: ['intake'] },
  'POST /referrals/{id}/reject': { may: INTAKE, opens: ['intake'] },
  'POST /referrals/{id}/withdraw': {
    may: [...INTAKE, 'referrer', 'person'],
    opens: { else: ['intake', 'referrer'], for: { person: ['self'] } },
  },
  'POST /referrals/{id}/care-contacts': { may: CLINICAL, opens: ['intake'] },
  'GET /referrals/{id}': { may: READERS, opens: OF_A_REFERRAL },
  'GET /referrals': { may: READERS, opens: OF_A_REFERRAL },
  'GET /worklist': { may: CLINICAL, opens: ['intake'] },

  'GET /policy/rules': { may: ALL, opens: 'everybody' },
  'POST /teams': { may: ['manager'], opens: 'everybody' },
  'POST /teams/{id}/practitioners': { may: ['manager'], opens: 'everybody' },
  'GET /teams': { may: ALL, opens: 'everybody' },
  'GET /teams/{id}': { may: ALL, opens: 'everybody' },
  'GET /deadlines': { may: STAFF, opens: SUPPORTS },
  'GET /teams/{id}/work-items': { may: ['team-lead', 'manager'], opens: 'own organisation' },
  'POST /work-items/{id}/settle': { may: ['team-lead', 'manager'], opens: 'own organisation' },
  'POST /transfers': { may: TEAM, opens: EPISODE },
  'POST /transfers/{id}/accept': { may: TEAM, opens: EPISODE },
  'POST /transfers/{id}/decline': { may: TEAM, opens: EPISODE },
  'POST /transfers/{id}/withdraw': { may: TEAM, opens: EPISODE },
  'POST /transfers/{id}/complete': { may: TEAM, opens: EPISODE },
  'GET /transfers': { may: [...TEAM, 'manager'], opens: EPISODE },
  'GET /transfers/{id}': { may: [...TEAM, 'manager', 'person'], opens: closeTo(EPISODE) },
  'POST /hospital-stays': { may: HOSPITAL, opens: JOURNEY },
  'POST /hospital-stays/record-discharge': { may: HOSPITAL, opens: JOURNEY },
  'POST /hospital-stays/{id}/move': { may: HOSPITAL, opens: JOURNEY },
  'POST /hospital-stays/{id}/discharge': { may: HOSPITAL, opens: JOURNEY },
  'POST /hospital-stays/{id}/accept-discharge': { may: TEAM, opens: JOURNEY },
  'GET /hospital-stays/{id}': { may: [...HOSPITAL, 'person'], opens: closeTo(EPISODE) },
  'GET /holders/{personId}': orPrivacy([...READERS, 'commissioner'], closeTo(JOURNEY)),
  'GET /journeys/{personId}': orPrivacy([...READERS, 'commissioner'], closeTo([...JOURNEY, 'referrer'])),
};

/** What opens a route to a caller who acts in a role. */
export const openingFor = ({ opens }: WhoMay, role: Role): Opening =>
  typeof opens === 'object' && 'else' in opens ? (opens.for[role] ?? opens.else) : opens;

/** For the page: in one cell. */
export function openingInWords({ opens }: WhoMay): string {
  const words = (opening: Opening): string => (typeof opening === 'string' ? opening : opening.join(', '));
  if (typeof opens !== 'object' || !('else' in opens)) return words(opens);
  const others = Object.entries(opens.for).map(([role, opening]) => `as ${role}: ${words(opening)}`);
  return [words(opens.else), ...others].join('; ');
}
