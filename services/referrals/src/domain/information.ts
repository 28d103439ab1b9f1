import type { AskedOf, InformationItem } from '@homeward/contracts';
import { DomainError, londonDate } from '@homeward/kernel';
import { dueBy, lengthOn } from '@homeward/policy';
import { informationRule } from './deadlines';
import { decidedInTime, priorityOf, refuse, stillOpen, type Referral, type ReferralEvent } from './referral';

/** What is missing to decide. The clock keeps running, and the intake keeps holding (TRI-02). */
export interface InformationRequest {
  itemCodes: InformationItem[];
  askedOf: AskedOf;
  /** A day in London. */
  dueOn: string;
  askedAt: Date;
  /** What exactly is asked; free text, published nowhere. */
  question: string;
}

export interface RequestInformation extends Omit<InformationRequest, 'dueOn'> {
  /** The last day that is allowed, unless said. */
  dueOn?: string;
}

export function requestInformation(referral: Referral, command: RequestInformation, now: Date): ReferralEvent {
  stillOpen(referral);
  decidedInTime(referral, command.askedAt, now);
  if (referral.redirect) throw new DomainError('redirect-pending', 'It was passed on: take that back before you ask.');
  if (referral.asked) throw new DomainError('asked-already', 'Record the answer to the question before.');
  const askedOn = londonDate(command.askedAt);
  const rule = informationRule(priorityOf(referral));
  const latest = dueBy(rule, askedOn);
  const dueOn = command.dueOn ?? latest;
  if (dueOn > latest) refuse('due-too-late', 'TRI-02', `An answer is due within ${lengthOn(rule, askedOn)}.`);
  if (dueOn < askedOn) refuse('due-before-asked', 'TRI-02', 'It would be due before it was asked.');
  return { type: 'information-requested', asked: { ...command, dueOn } };
}

/** What came is a fact, also while the referral is passed on. `words` may be empty: nothing will come. */
export function recordInformation(
  referral: Referral,
  { receivedAt, words }: { receivedAt: Date; words: string },
  now: Date,
): ReferralEvent {
  stillOpen(referral);
  decidedInTime(referral, receivedAt, now);
  if (!referral.asked) throw new DomainError('nothing-asked', 'Nothing is waited for.');
  if (receivedAt < referral.asked.askedAt)
    refuse('received-before-asked', 'TRI-02', 'It came before it was asked for: say when it came.');
  return { type: 'information-received', receivedAt, words };
}
