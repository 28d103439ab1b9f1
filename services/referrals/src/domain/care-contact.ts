import type { CareContactOutcome, CareContactPurpose, CareContactWay, CareContactWith } from '@homeward/contracts';
import { DomainError } from '@homeward/kernel';
import type { Referral, ReferralEvent } from './referral';

/** Somebody was in touch with the person about a referral, or tried to be. */
export interface CareContact {
  /** When it was, or was to be. */
  at: Date;
  way: CareContactWay;
  withWhom: CareContactWith;
  outcome: CareContactOutcome;
  purpose: CareContactPurpose;
}

/** A fact, so in every state of the referral: also once it is decided, and however late (DEC-01). */
export function recordCareContact(contact: CareContact, now: Date): ReferralEvent {
  if (contact.at > now)
    throw new DomainError('contact-in-the-future', 'It is recorded once it was, not before.', 'rule', 'DEC-01');
  return { type: 'care-contact-recorded', contact };
}

/** Before anybody had asked for help it was about something else, and ends no waiting. */
const isHeard = ({ receivedAt }: Referral, { outcome, at }: CareContact): boolean =>
  outcome === 'attended' && at >= receivedAt;

/** A contact that ends the wait: attended, and direct. A letter, or asking how somebody is who waits, does not (C2). */
export const isFirst = (referral: Referral, contact: CareContact): boolean =>
  isHeard(referral, contact) && contact.purpose === 'care' && contact.way !== 'written';

export const isVisit = ({ way }: CareContact): boolean => way === 'face-to-face';

type InTouch = Pick<Referral, 'firstContactAt' | 'firstVisitAt' | 'lastInTouchAt'>;

/** What it changes of a referral: by when contacts were, in whatever order they are told. */
export function inTouch(referral: Referral, contact: CareContact): InTouch {
  if (!isHeard(referral, contact)) return {};
  const { firstContactAt, firstVisitAt, lastInTouchAt = contact.at } = referral;
  const earlier = (known = contact.at): Date => (contact.at < known ? contact.at : known);
  return {
    lastInTouchAt: contact.at > lastInTouchAt ? contact.at : lastInTouchAt,
    ...(isFirst(referral, contact) && { firstContactAt: earlier(firstContactAt) }),
    ...(isFirst(referral, contact) && isVisit(contact) && { firstVisitAt: earlier(firstVisitAt) }),
  };
}
