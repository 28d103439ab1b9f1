import type { ConsentPurpose, ReviewItem } from '@homeward/contracts';
import { addDays, londonDate, type Day } from '@homeward/kernel';
import { dayBefore, whoDecides, type Decider } from '@homeward/policy';
import { ageOn, reachedOn } from './age-milestones';
import type { Consent } from './consent';
import type { Warning } from './warnings';

/** `decided-by-another`: a yes of somebody who, by what is recorded, does not decide it. */
export const CONSENT_STATES = [
  'in-effect',
  'said-no',
  'withdrawn',
  'lapsed',
  'superseded',
  'decided-by-another',
] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

export const NO_CONSENT = ['none', 'said-no', 'withdrawn', 'lapsed'] as const;
export type NoConsent = (typeof NO_CONSENT)[number];
export type ConsentNow = { answer: 'yes'; consentId: string } | { answer: 'no'; reason: NoConsent };

/** All decisions of a person, under each of their ids. */
export interface Decided {
  consents: readonly Consent[];
  birthDate: Day;
}

/** Whether there is consent today; whatever is not clear is a no (CON-2, DEC-12). */
export function consentNow(decided: Decided, purpose: ConsentPurpose, item: ReviewItem | null, today: Day): ConsentNow {
  const latest = latestOf(decided.consents, purpose);
  if (!latest) return { answer: 'no', reason: 'none' };
  const state = stateOf(latest, decided, today);
  if (state === 'in-effect' && covers(latest, item)) return { answer: 'yes', consentId: latest.id };
  return { answer: 'no', reason: NO_CONSENT.find((reason) => reason === state) ?? 'none' };
}

export function stateOf(consent: Consent, { consents, birthDate }: Decided, today: Day): ConsentState {
  if (consent.withdrawnAt !== null) return 'withdrawn';
  if (latestOf(consents, consent.purpose)?.id !== consent.id) return 'superseded';
  if (consent.answer === 'said-no') return 'said-no';
  if (!isTheirs(consent, birthDate)) return 'decided-by-another';
  return lastDayOf(consent, birthDate) < today ? 'lapsed' : 'in-effect';
}

/** It lapsed, or does soon (DEC-11). */
export function isToBeRenewed(consent: Consent, decided: Decided, today: Day): boolean {
  const state = stateOf(consent, decided, today);
  if (state !== 'in-effect') return state === 'lapsed';
  if (dayBefore('T-23.renewal', consent.reviewBy) <= today) return true;
  return isOfParents(consent) && dayBefore('T-24.first', sixteenth(decided.birthDate)) <= today;
}

/** A yes to a review is one to what of it was named; any other has no parts. */
const covers = ({ scope }: Consent, item: ReviewItem | null): boolean =>
  item === null ? scope.length === 0 : scope.includes(item);

const latestOf = (consents: readonly Consent[], purpose: ConsentPurpose): Consent | undefined =>
  consents.filter((one) => one.purpose === purpose).reduce<Consent | undefined>(laterOf, undefined);

const laterOf = (one: Consent | undefined, other: Consent): Consent =>
  one && placeOf(one) > placeOf(other) ? one : other;

/**
 * By day, then by the instant at which it was told; of two at once a no comes last. A withdrawal has its own day, which may
 * be after another decision: nobody looks past it (CON-4).
 */
function placeOf({ id, on, answer, recordedAt, withdrawnAt }: Consent): string {
  const day = withdrawnAt === null ? on : londonDate(new Date(withdrawnAt));
  const isNo = answer === 'said-no' || withdrawnAt !== null;
  return [day, withdrawnAt ?? recordedAt, isNo ? 1 : 0, id].join(' ');
}

/** At 16 capacity decides: what parents decided before carries no longer (DEC-11). */
const lastDayOf = (consent: Consent, birthDate: Day): Day =>
  isOfParents(consent) && sixteenth(birthDate) <= consent.reviewBy
    ? addDays(sixteenth(birthDate), -1)
    : consent.reviewBy;

const isOfParents = ({ authority }: Consent): boolean => authority === 'parental-responsibility';

const sixteenth = (birthDate: Day): Day => reachedOn(birthDate, '16');

const FOR_THEM: readonly Consent['authority'][] = [
  'lasting-power-of-attorney',
  'deputy',
  'best-interests-board',
  'best-interests-commissioner',
];
const MAY_DECIDE: Record<Decider, readonly Consent['authority'][]> = {
  person: ['person'],
  'parental-responsibility': ['parental-responsibility'],
  'best-interests': FOR_THEM,
  'responsible-commissioner': FOR_THEM,
  board: FOR_THEM,
  'assess-first': [],
};

function isTheirs({ id, on, authority, assessment }: Consent, birthDate: Day): boolean {
  const assessments = assessment ? [{ decisionId: id, finding: assessment.finding }] : [];
  return MAY_DECIDE[whoDecides({ decisionId: id, age: ageOn(birthDate, on), assessments })].includes(authority);
}

/** One sentence, whoever it is about: it tells no age (DEC-35). */
export function warningsOfConsent(consent: Consent, birthDate: Day): Warning[] {
  if (isTheirs(consent, birthDate)) return [];
  const detail =
    'By what is recorded somebody else decides this. From 16 on it is the person; where they are found to lack capacity for it, an attorney, a deputy, or somebody in their best interests. Under 16 it is a child who is found competent, else somebody with parental responsibility. A yes does not count until it is decided so, with the assessment beside it.';
  return [{ code: 'decided-by-another', rule: 'CON-30', standing: 'our-default', detail }];
}
