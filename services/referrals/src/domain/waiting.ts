import type { Priority } from '@homeward/contracts';
import type { Move, Team } from '@homeward/deadlines';
import { isFirst, isVisit, type CareContact } from './care-contact';
import { priorityOf, type Referral } from './referral';

/** C2 and WL-06 as rules of the policy; how long each is, the policy says. */
const FIRST_CONTACT = 'C2';
const VISIT = 'C2.emergency-visit';
const WAITING_WELL = 'WL-06';
const MAY_WAIT: readonly Priority[] = ['soon', 'routine'];

const urgencyOf = (referral: Referral): Priority =>
  referral.status === 'accepted' ? referral.acceptance.priority : priorityOf(referral);

/** Who has to be in touch: the intake, until a team accepts. */
function ownerOf(referral: Referral): Team {
  const { intakeOrganisation: organisation, intakeTeamId: teamId } = referral;
  if (referral.status !== 'accepted') return { organisation, teamId };
  return { organisation: referral.acceptance.organisation, teamId: referral.acceptance.teamId };
}

/** What is to be done, and when it was: in an emergency somebody telephones, and soon after is there (TIM-11). */
function firstContactsOf(referral: Referral): { rule: string; doneAt?: Date }[] {
  const urgency = urgencyOf(referral);
  const contact = { rule: `${FIRST_CONTACT}.${urgency}`, doneAt: referral.firstContactAt };
  return urgency === 'emergency' ? [contact, { rule: VISIT, doneAt: referral.firstVisitAt }] : [contact];
}

export const waitingBegins = (referral: Referral, rules = firstContactsOf(referral)): Move[] =>
  rules.flatMap(({ rule, doneAt }): Move[] => [
    { move: 'start', rule, startsAt: referral.contactFrom, owner: ownerOf(referral) },
    ...(doneAt ? [{ move: 'done' as const, of: rule, at: doneAt }] : []),
  ]);

/**
 * Another priority sets another time, and another team goes on with what is not done yet: the clock of the person who waits
 * runs on (PRI-03). What is known of contacts counts for the new time as well, so that it ends alike in whatever order they
 * are told.
 */
export function waitingGoesOn(before: Referral, after: Referral, at: Date): Move[] {
  const isAsUrgent = urgencyOf(before) === urgencyOf(after);
  const isTheirs = ownerOf(before).teamId === ownerOf(after).teamId;
  const left = firstContactsOf(after).filter(({ doneAt }) => !isAsUrgent || !doneAt);
  if (left.length === 0 || (isAsUrgent && isTheirs)) return [];
  return [
    { move: 'not-needed', of: FIRST_CONTACT, at, because: isTheirs ? 'not-needed' : 'passed-on' },
    ...waitingBegins(after, left),
  ];
}

export const waitingEnds = (at: Date): Move => ({ move: 'not-needed', of: FIRST_CONTACT, at, because: 'not-needed' });

const waits = (referral: Referral): boolean =>
  referral.status === 'accepted' && MAY_WAIT.includes(urgencyOf(referral)) && !referral.firstContactAt;

/** From when the person last heard from somebody, or asked for help. */
const hearsAgain = (referral: Referral) => ({
  ...{ move: 'start' as const, rule: WAITING_WELL, owner: ownerOf(referral) },
  startsAt: referral.lastInTouchAt ?? referral.receivedAt,
});

/** Who may wait for the first contact hears from the team meanwhile, from when it accepts on (TIM-14). */
export const waitsWell = (accepted: Referral): Move[] => (waits(accepted) ? [hearsAgain(accepted)] : []);

export function contacted(before: Referral, after: Referral, contact: CareContact): Move[] {
  const { at } = contact;
  const ended = isFirst(before, contact) ? firstContactsOf(before) : [];
  return [
    ...ended
      .filter(({ rule }) => rule !== VISIT || isVisit(contact))
      .map(({ rule }) => ({ move: 'done' as const, of: rule, at })),
    ...heard(before, after, at),
  ];
}

/** The next time counts from the last that is known. */
function heard(before: Referral, after: Referral, at: Date): Move[] {
  const isNews = before.lastInTouchAt !== after.lastInTouchAt;
  if (!waits(before) || (waits(after) && !isNews)) return [];
  const done: Move = { move: 'done', of: WAITING_WELL, at };
  return waits(after) ? [done, { ...hearsAgain(after), again: true }] : [done];
}
