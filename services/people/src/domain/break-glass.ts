import type { BreakGlassOutcome, BreakGlassReason } from '@homeward/contracts';
import { DomainError, type Instant } from '@homeward/kernel';
import { dueAt, MOST_LOOKS } from '@homeward/policy';

/** One practitioner looks at one person, under all of their ids, without a relationship. */
export interface BreakGlass {
  id: string;
  personId: string;
  aliasIds: string[];
  organisation: string;
  practitionerId: string;
  reasonCode: BreakGlassReason;
  openedAt: Instant;
  until: Instant;
  outcome: BreakGlassOutcome | null;
}

export type Look = Omit<BreakGlass, 'openedAt' | 'until' | 'outcome'>;

/** Nobody is asked first: it is given, counted and reviewed (PERM-01, PERM-03). */
export function breakGlass(look: Look, words: string | undefined, earlier: Instant[], now: Instant): BreakGlass {
  if (look.reasonCode === 'other' && words === undefined)
    throw new DomainError('reason-in-words', 'Say in words why it cannot wait, or choose another reason.', 'rule');
  if (earlier.filter((at) => dueAt('PERM-03', at) > now).length >= MOST_LOOKS) {
    const detail = `You have looked ${MOST_LOOKS} times within a day without a relationship: ask your privacy officer.`;
    throw new DomainError('too-many-looks', detail, 'rule', 'PERM-03');
  }
  return { ...look, openedAt: now, until: dueAt('PERM-01', now), outcome: null };
}

/** By somebody else than who looked, once (PERM-02). */
export function reviewBreakGlass(look: BreakGlass, outcome: BreakGlassOutcome, reviewer: string): BreakGlass {
  if (look.practitionerId === reviewer)
    throw new DomainError('own-look', 'Somebody else reviews what you looked at.', 'rule', 'PERM-02');
  if (look.outcome !== null) throw new DomainError('reviewed-already', 'This look is reviewed already.');
  return { ...look, outcome };
}
