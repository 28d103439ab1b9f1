import type { Priority } from '@homeward/contracts';
import type { Move } from '@homeward/deadlines';
import { evolve, priorityOf, type Referral, type ReferralEvent, type Request } from './referral';
import { contacted, waitingBegins, waitingEnds, waitingGoesOn, waitsWell } from './waiting';

const URGENT: readonly Priority[] = ['emergency', 'very-urgent', 'urgent'];

/** C1, TRI-02 and TRI-04 as rules of the policy; how long each is, the policy says. */
const TRIAGE = 'C1';
const INFORMATION = 'TRI-02';
const ACKNOWLEDGEMENT = 'TRI-04';

/** TIM-10 */
const triageRule = (priority: Priority): string => `${TRIAGE}.${priority}`;

/** TIM-12 */
export const informationRule = (priority: Priority): string =>
  URGENT.includes(priority) ? `${INFORMATION}.urgent` : INFORMATION;

/** TIM-13 */
const acknowledgementRule = (priority: Priority): string =>
  `${ACKNOWLEDGEMENT}.${URGENT.includes(priority) ? 'urgent' : 'routine'}`;

/**
 * What an event of a referral does to its deadlines; `before` is the referral as it was. Triage is over once an outcome is
 * recorded, whichever (C1). A question does not stop it. Who passed a referral on has decided when it passed it on, as soon
 * as the other intake says that it has it; until then it holds the person, and its own clock runs.
 */
export function movesOf(before: Referral | undefined, event: ReferralEvent): Move[] {
  if (event.type === 'received') {
    const { priority, receivedAt } = event.request;
    const triage = { rule: triageRule(priority), startsAt: receivedAt, owner: intakeOf(event.request) };
    return [{ move: 'start', ...triage }, ...waitingBegins(evolve(before, event))];
  }
  if (!before) throw new Error(`${event.type} comes after received`);
  const after = evolve(before, event);
  switch (event.type) {
    case 'triaged': {
      const { triagedAt: at } = event.triage;
      return [{ move: 'done', of: TRIAGE, at }, ...waitingGoesOn(before, after, at)];
    }
    case 'information-requested': {
      const { askedAt: startsAt, dueOn: agreed } = event.asked;
      const rule = informationRule(priorityOf(before));
      return [{ move: 'start', rule, startsAt, agreed, owner: intakeOf(before) }];
    }
    case 'information-received':
      return [{ move: 'done', of: INFORMATION, at: event.receivedAt }];
    case 'redirected': {
      const { toOrganisation: organisation, toTeamId: teamId, redirectedAt: startsAt } = event.redirect;
      const rule = acknowledgementRule(priorityOf(before));
      return [{ move: 'start', rule, startsAt, owner: { organisation, teamId }, waiting: intakeOf(before) }];
    }
    case 'redirect-withdrawn':
      return [{ move: 'not-needed', of: ACKNOWLEDGEMENT, at: event.withdrawnAt, because: 'not-needed' }];
    case 'redirect-acknowledged': {
      const { acknowledgement } = event;
      return [
        ...acknowledged(before, acknowledgement),
        ...waitingGoesOn(before, after, acknowledgement.acknowledgedAt),
      ];
    }
    case 'accepted': {
      const { acceptedAt: at } = event.acceptance;
      return [...decided(at), ...waitingGoesOn(before, after, at), ...waitsWell(after)];
    }
    case 'rejected': {
      const { rejectedAt: at } = event.rejection;
      return [...decided(at), waitingEnds(at)];
    }
    case 'care-contact-recorded':
      return contacted(before, after, event.contact);
    case 'closed': {
      const { closedAt: at, reasonCode } = event.closing;
      return [{ move: 'not-needed', at, because: reasonCode === 'died' ? 'died' : 'not-needed' }];
    }
    default:
      return [];
  }
}

const intakeOf = ({ intakeOrganisation: organisation, intakeTeamId: teamId }: Request) => ({ organisation, teamId });

const decided = (at: Date): Move[] => [
  { move: 'done', of: TRIAGE, at },
  { move: 'not-needed', of: INFORMATION, at, because: 'not-needed' },
];

function acknowledged(
  before: Referral,
  {
    toOrganisation,
    toTeamId,
    acknowledgedAt,
  }: Extract<ReferralEvent, { type: 'redirect-acknowledged' }>['acknowledgement'],
): Move[] {
  const owner = { organisation: toOrganisation, teamId: toTeamId };
  return [
    { move: 'done', of: ACKNOWLEDGEMENT, at: acknowledgedAt },
    { move: 'done', of: TRIAGE, at: before.redirect?.redirectedAt ?? acknowledgedAt },
    { move: 'not-needed', of: INFORMATION, at: acknowledgedAt, because: 'passed-on' },
    { move: 'start', rule: triageRule(priorityOf(before)), startsAt: acknowledgedAt, owner },
  ];
}
