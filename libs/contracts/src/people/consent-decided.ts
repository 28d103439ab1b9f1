import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, oneOf, uuid } from '../schema';

/** What waits for a yes (DEC-07). Direct care never does. */
export const CONSENT_PURPOSES = ['register', 'review', 'sharing-beyond-care'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** What a yes to a review is a yes to, each on its own (CET-033). */
export const REVIEW_ITEMS = [
  'review-held',
  'papers-to-panel',
  'family-invited',
  'report-shared',
  'observer-present',
] as const;
export type ReviewItem = (typeof REVIEW_ITEMS)[number];

/** By which authority it was decided: the person's own, or that of somebody who decided for them (dsr-cetr §5.3). */
export const CONSENT_AUTHORITIES = [
  'person',
  'parental-responsibility',
  'lasting-power-of-attorney',
  'deputy',
  'best-interests-board',
  'best-interests-commissioner',
] as const;
export type ConsentAuthority = (typeof CONSENT_AUTHORITIES)[number];

export const CONSENT_ANSWERS = ['yes', 'said-no'] as const;
export type ConsentAnswer = (typeof CONSENT_ANSWERS)[number];

/** Which decision it is, the same in every event of it. Not until when: that may be a birthday (DEC-35). */
export const consentCodes = {
  consentId: uuid('The decision'),
  purpose: oneOf(CONSENT_PURPOSES, 'What was asked: the register, a review, or sharing beyond care'),
};

const schema = closed({
  ...consentCodes,
  answer: oneOf(CONSENT_ANSWERS, 'A no is a full outcome, and no breach (CON-3)'),
  authority: oneOf(CONSENT_AUTHORITIES, 'By which authority it was decided'),
});

export const consentDecided: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.consent.decided.v1',
  minor: 0,
  title: 'It was decided whether a person takes part, or whether something is shared',
  description:
    'It takes the place of what was decided before for the same purpose. What it is a yes to, and until when, is asked of people before anything is disclosed (DEC-12): this event alone is no consent, and no answer means that nothing is disclosed.',
  stream: 'person',
  schema,
  example: {
    consentId: '0199b6a0-0000-7000-8000-000000000060',
    purpose: 'register',
    answer: 'yes',
    authority: 'person',
  },
};
