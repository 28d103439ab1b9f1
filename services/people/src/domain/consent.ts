import type { ConsentAnswer, ConsentAuthority, ConsentPurpose, ReviewItem } from '@homeward/contracts';
import { DomainError, isUuid, londonDate, type Day, type Instant } from '@homeward/kernel';
import { dueBy, lengthOn, type Assessment } from '@homeward/policy';

/** How it was explained to the person. */
export const EXPLANATIONS = [
  'easy-read',
  'symbols',
  'talk',
  'film',
  'audio',
  'bsl',
  'interpreter',
  'not-explained',
] as const;
export type Explanation = (typeof EXPLANATIONS)[number];

/** A decision on taking part or sharing, and no basis of data protection (AUD-06). */
export interface ConsentDetails {
  purpose: ConsentPurpose;
  /** Of a review to which the answer is yes: what of it. */
  scope: readonly ReviewItem[];
  answer: ConsentAnswer;
  authority: ConsentAuthority;
  /** A name, or the id of a contact; null where the person decided. */
  decidedBy: string | null;
  /** Of capacity or competence, made for this decision and for no other (CON-1). */
  assessment: { finding: Assessment['finding']; on: Day } | null;
  explained: readonly Explanation[];
  /** Who helped the person: a name, or the id of a contact. */
  supportedBy: string | null;
  /** In the person's words. */
  words: string | null;
}

export interface NewConsent extends ConsentDetails {
  on: Day | null;
  reviewBy: Day | null;
}

export interface Consent extends ConsentDetails {
  id: string;
  /** The id of the person under which it was recorded. */
  personId: string;
  /** The day of the decision. */
  on: Day;
  /** The last day on which it may count. */
  reviewBy: Day;
  recordedAt: Instant;
  withdrawnAt: Instant | null;
}

/** Of whom it is recorded, and the ids of their contacts. */
export interface Whose {
  personId: string;
  birthDate: Day;
  contactIds: readonly string[];
}

/** What was decided is a fact, whoever decided it (DEC-01); refused is only what cannot have been. */
export function recordConsent(told: NewConsent, id: string, whose: Whose, now: Instant): Consent {
  const today = londonDate(new Date(now));
  const { personId, birthDate } = whose;
  const on = told.on ?? today;
  if (on <= birthDate || on > today) {
    throw refusal('consent-day-invalid', 'It was decided after the person was born, and today at the latest.');
  }
  const { assessment, purpose } = told;
  if (assessment && (assessment.on <= birthDate || assessment.on > on)) {
    const message = 'An assessment is made after the birth, and before the decision that rests on it.';
    throw refusal('assessment-day-invalid', message);
  }
  if ((purpose === 'review' && told.answer === 'yes') !== told.scope.length > 0) {
    throw refusal('consent-scope-invalid', 'Say to what of a review the answer is yes, and of nothing else.');
  }
  checkWho(told, whose);
  return { ...told, id, personId, on, reviewBy: reviewDay(told, on), recordedAt: now, withdrawnAt: null };
}

function checkWho({ authority, decidedBy, supportedBy }: NewConsent, { contactIds }: Whose): void {
  if ((authority === 'person') !== (decidedBy === null)) {
    throw refusal('consent-decider-invalid', 'Name who decided, where it was not the person themself.');
  }
  const named = [decidedBy, supportedBy].filter((who) => who !== null && isUuid(who));
  if (named.some((id) => !contactIds.includes(String(id)))) {
    throw refusal('no-such-contact', 'This is the id of no contact of the person: name one of them, or write a name.');
  }
}

function reviewDay({ purpose, reviewBy }: NewConsent, on: Day): Day {
  const rule = purpose === 'register' ? 'T-23' : 'CON-30';
  const latest = dueBy(rule, on);
  if (reviewBy !== null && (reviewBy < on || reviewBy > latest)) {
    const message = `It is asked for again within ${lengthOn(rule, on)} after the decision.`;
    throw refusal('consent-review-invalid', message, rule);
  }
  return reviewBy ?? latest;
}

/** At any time, and of what has lapsed or been superseded too: who holds copies is told (CON-4). */
export function withdrawConsent(consent: Consent, at: Instant, now: Instant): Consent {
  if (consent.answer === 'said-no') {
    throw new DomainError('consent-said-no', 'The answer was no: record a new decision if it is another now.');
  }
  if (consent.withdrawnAt !== null) throw new DomainError('consent-withdrawn', 'It was withdrawn already.');
  if (at > now || londonDate(new Date(at)) < consent.on) {
    throw refusal('withdrawal-time-invalid', 'It is withdrawn after it was decided, and now at the latest.');
  }
  return { ...consent, withdrawnAt: at };
}

const refusal = (code: string, message: string, rule?: string): DomainError =>
  new DomainError(code, message, 'rule', rule);
