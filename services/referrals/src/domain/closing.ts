import type { ClosingReason } from '@homeward/contracts';
import { refuse, stillOpen, takenBack, type Referral, type ReferralEvent } from './referral';

/** How it was that the person could decide to say no (TRI-02). */
export const CAPACITIES = ['has-capacity', 'best-interests', 'not-recorded'] as const;

/** An end without an answer of the intake. */
export interface Closing {
  reasonCode: ClosingReason;
  /** Where the person said no. */
  capacity?: (typeof CAPACITIES)[number];
  closedAt: Date;
  /** Free text, published nowhere. */
  explanation?: string;
  /** Of a death, which may be told otherwise later: what is published of it, and what that corrects. */
  event?: { id: string; corrects?: string };
}

/** Somebody's wish, so a fact: no open referral refuses it, whatever is pending (DEC-01). */
export function withdraw(referral: Referral, closing: Closing, now: Date): ReferralEvent[] {
  stillOpen(referral);
  if (closing.closedAt > now)
    refuse('withdrawn-in-the-future', 'DEC-01', 'It is recorded when it was said, not before.');
  if (closing.closedAt < referral.receivedAt)
    refuse('withdrawn-before-received', 'REF-04', 'It was withdrawn before it was received.');
  return close(referral, closing);
}

/** A death closes as of the death; a referral that was received after it, as of its receipt (DEC-05). */
export function closeAsDied(referral: Referral, diedAt: Date, eventId: string): ReferralEvent[] {
  stillOpen(referral);
  return close(referral, { reasonCode: 'died', closedAt: endOf(referral, diedAt), event: { id: eventId } });
}

/** A death told otherwise moves what it closed; nothing else that is closed, and nothing that stays where it was. */
export function correctDied(referral: Referral, diedAt: Date, eventId: string): ReferralEvent[] {
  if (referral.status !== 'closed' || referral.closing.reasonCode !== 'died') return [];
  const closedAt = endOf(referral, diedAt);
  if (closedAt.getTime() === referral.closing.closedAt.getTime()) return [];
  const event = { id: eventId, corrects: referral.closing.event?.id };
  return [{ type: 'closed', closing: { reasonCode: 'died', closedAt, event } }];
}

const endOf = ({ receivedAt }: Referral, diedAt: Date): Date => (diedAt < receivedAt ? receivedAt : diedAt);

const close = (referral: Referral, closing: Closing): ReferralEvent[] => [
  ...takenBack(referral, closing.closedAt),
  { type: 'closed', closing },
];
