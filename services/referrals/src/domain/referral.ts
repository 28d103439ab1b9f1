import { PRIORITIES, type Priority, type RiskBand, type TeamKind } from '@homeward/contracts';
import { DomainError, londonDate } from '@homeward/kernel';
import { dueBy, lengthOn } from '@homeward/policy';
import { inTouch, type CareContact } from './care-contact';
import type { Closing } from './closing';
import type { InformationRequest } from './information';
import type { Acknowledgement, Redirect } from './redirect';
import type { Triage } from './triage';

export const CONSENTS = ['given', 'best-interests', 'not-recorded'] as const;

/** What was asked for. It stays as it was received; only whose intake has it changes, with a redirect. */
export interface Request {
  id: string;
  personId: string;
  /** Whether the referrer named the person by id: one who did not never learns it (DEC-33). */
  personIdGiven: boolean;
  referrerOrganisation: string;
  intakeOrganisation: string;
  intakeTeamId: string;
  sourceCode: string;
  primaryReasonCode: string;
  /** As the referrer sees it. */
  priority: Priority;
  immediateRisk: boolean;
  consent: (typeof CONSENTS)[number];
  /** When it reached any part of the provider (REF-04). */
  receivedAt: Date;
  /** Free text: it is published nowhere. */
  reason: string;
}

export interface DutyHolder {
  practitionerId: string;
  until: Date;
}

export interface Acceptance {
  organisation: string;
  teamId: string;
  /** The co-ordinator, or somebody on duty until there is one (DEC-04). */
  answeredBy: { coordinatorId: string } | { dutyHolder: DutyHolder };
  priority: Priority;
  acceptedAt: Date;
}

export interface Rejection {
  reasonCode: '01' | '02' | '03';
  localReasonCode: string;
  criterionCodes: string[];
  criteriaVersion: string;
  signpostCodes: string[];
  riskBand: RiskBand;
  /** Free text: it is published nowhere. */
  explanation: string;
  rejectedAt: Date;
}

/** What has become of it so far, besides its status. */
interface Progress {
  version: number;
  /** From when on this intake holds the person: the receipt, or the acknowledgement of a redirect. */
  heldSince: Date;
  /** Somebody said so, and no clinician has found since that it has passed. */
  atImmediateRisk: boolean;
  /** The latest triage. */
  triage?: Triage;
  /** What the intake waits for. */
  asked?: InformationRequest;
  /** Until it is acknowledged or withdrawn; the sender holds meanwhile (DEC-04). */
  redirect?: Redirect;
  /** Whose intakes held it before; each reads on what it wrote itself (DEC-32). */
  earlierIntakes: string[];
  /** From when the time to the first contact counts: the receipt, or the finding that it is less urgent (PRI-03). */
  contactFrom: Date;
  /** When the first contact was, of all that are told (C2); and the first one face to face. */
  firstContactAt?: Date;
  firstVisitAt?: Date;
  /** When the person last heard from somebody (WL-06). */
  lastInTouchAt?: Date;
}

export const OPEN = ['received', 'awaiting-information', 'redirected'] as const;
export const FINAL = ['accepted', 'rejected', 'closed'] as const;

export type Referral = Request &
  Progress &
  (
    | { status: (typeof OPEN)[number] }
    | { status: 'accepted'; acceptance: Acceptance }
    | { status: 'rejected'; rejection: Rejection }
    | { status: 'closed'; closing: Closing }
  );

export type ReferralEvent =
  | { type: 'received'; request: Request }
  | { type: 'information-requested'; asked: InformationRequest }
  | { type: 'information-received'; receivedAt: Date; words: string }
  | { type: 'triaged'; triage: Triage }
  | { type: 'redirected'; redirect: Redirect }
  | { type: 'redirect-acknowledged'; acknowledgement: Acknowledgement }
  | { type: 'redirect-withdrawn'; redirect: Redirect; withdrawnAt: Date }
  | { type: 'accepted'; acceptance: Acceptance }
  | { type: 'rejected'; rejection: Rejection }
  | { type: 'closed'; closing: Closing }
  | { type: 'care-contact-recorded'; contact: CareContact };

/** How soon, by the latest word on it: the clinician's, else the referrer's. */
export const priorityOf = ({ triage, priority }: Referral): Priority => triage?.priority ?? priority;

/** More urgent, it counts from the receipt; less urgent, from when that was found (PRI-03). */
function countedFrom(referral: Referral, priority: Priority, foundAt: Date): Date {
  const lowered = PRIORITIES.indexOf(priority) - PRIORITIES.indexOf(priorityOf(referral));
  if (lowered === 0) return referral.contactFrom;
  return lowered > 0 ? foundAt : referral.receivedAt;
}

/** A team as the directory knows it. */
export interface Team {
  id: string;
  organisation: string;
  kind: TeamKind;
  telephone: string;
}

export const refuse = (code: string, rule: string, message: string): never => {
  throw new DomainError(code, message, 'rule', rule);
};

/** The team that a referral is sent to must be one that receives referrals (REF-02). */
export function intakeOf(team: Team | undefined): Team {
  if (team?.kind !== 'intake')
    return refuse('intake-unknown', 'REF-02', 'Send it to an intake: no team that receives referrals has this id.');
  return team;
}

/** By an intake, for whoever refers (PERM-30). */
export function receive(request: Request, now: Date): ReferralEvent {
  if (request.receivedAt > now) refuse('received-in-the-future', 'REF-04', 'receivedAt lies in the future.');
  return { type: 'received', request };
}

export interface Accept {
  /** Undefined: the directory knows no such team. */
  team: Team | undefined;
  /** Who works in it. */
  members: ReadonlySet<string>;
  coordinatorId?: string;
  dutyHolder?: DutyHolder;
  /** As triaged, unless said. */
  priority?: Priority;
  acceptedAt: Date;
}

export function accept(referral: Referral, command: Accept, now: Date): ReferralEvent[] {
  stillOpen(referral);
  decidedInTime(referral, command.acceptedAt, now);
  const { team, acceptedAt } = command;
  if (!team || team.kind === 'intake')
    return refuse('team-unknown', 'TRI-02', 'Name a team that supports people: the directory has none with this id.');
  if (team.organisation !== referral.intakeOrganisation)
    return refuse('team-of-another-organisation', 'TRI-02', 'Only a team of the intake’s own organisation may accept.');
  const answeredBy = whoAnswers(command, now);
  const priority = decidedPriority(referral, command.priority);
  const { organisation, id: teamId } = team;
  const acceptance = { organisation, teamId, answeredBy, priority, acceptedAt };
  return [...takenBack(referral, acceptedAt), { type: 'accepted', acceptance }];
}

/** Whoever accepts may find it more urgent than triage did; to find it less so is for triage (PRI-03). */
function decidedPriority({ triage }: Referral, said: Priority | undefined): Priority {
  const priority = said ?? triage?.priority;
  if (priority === undefined)
    return refuse('priority-missing', 'PRI-02', 'Say the priority: this referral was not triaged.');
  if (triage && PRIORITIES.indexOf(priority) > PRIORITIES.indexOf(triage.priority))
    refuse('priority-lowered', 'PRI-03', `It was triaged as ${triage.priority}: triage it again to lower that.`);
  return priority;
}

/** Somebody of the team answers from this moment on, by name (DEC-04). */
function whoAnswers({ coordinatorId, dutyHolder, members }: Accept, now: Date): Acceptance['answeredBy'] {
  if ((coordinatorId === undefined) === (dutyHolder === undefined))
    refuse('nobody-answers', 'DEC-04', 'Name either a co-ordinator or a duty holder with an end, and not both.');
  if (!members.has(coordinatorId ?? dutyHolder?.practitionerId ?? ''))
    refuse('not-in-the-team', 'DEC-04', 'Who answers must work in the accepting team.');
  if (coordinatorId !== undefined) return { coordinatorId };
  const { practitionerId, until } = dutyHolder as DutyHolder;
  if (until <= now) refuse('duty-ended', 'DEC-04', 'The duty must end in the future.');
  const today = londonDate(now);
  if (londonDate(until) > dueBy('DEC-04', today))
    refuse('duty-too-long', 'DEC-04', `A duty ends within ${lengthOn('DEC-04', today)}; it may be renewed then.`);
  return { dutyHolder: { practitionerId, until } };
}

export interface Reject extends Omit<Rejection, 'riskBand'> {
  /** As triaged, unless said. */
  riskBand?: RiskBand;
}

export function reject(referral: Referral, command: Reject, now: Date): ReferralEvent[] {
  stillOpen(referral);
  decidedInTime(referral, command.rejectedAt, now);
  if (command.signpostCodes.length === 0)
    refuse('no-signpost', 'TRI-03', 'Say where help may be found: a rejection names at least one place.');
  if (command.criterionCodes.length === 0)
    refuse('no-criterion', 'ELG-10', 'Cite at least one criterion of the version that you name.');
  const { atImmediateRisk, triage } = referral;
  const riskBand = command.riskBand ?? triage?.riskBand;
  if (riskBand === undefined) return refuse('risk-not-recorded', 'TRI-03', 'Triage it first, or say the risk band.');
  if (atImmediateRisk || [riskBand, triage?.riskBand].some((band) => band === 'high' || band === 'immediate'))
    refuse('risk-too-high', 'TRI-03', 'A person at high or immediate risk is not turned away: a team must accept.');
  return [...takenBack(referral, command.rejectedAt), { type: 'rejected', rejection: { ...command, riskBand } }];
}

/** A redirect that nobody acknowledged ends with the referral, in the same write. */
export const takenBack = ({ redirect }: Referral, withdrawnAt: Date): ReferralEvent[] =>
  redirect ? [{ type: 'redirect-withdrawn', redirect, withdrawnAt }] : [];

/** Accepted, rejected and closed are final. */
export function stillOpen({ status }: Referral): void {
  if (FINAL.some((final) => final === status))
    throw new DomainError(`already-${status}`, `This referral was ${status} before.`);
}

export function decidedInTime({ heldSince }: Referral, decidedAt: Date, now: Date): void {
  if (decidedAt > now)
    refuse('decided-in-the-future', 'DEC-01', 'A decision is recorded when it was made, not before.');
  if (decidedAt < heldSince)
    refuse('decided-before-received', 'REF-04', 'It was decided before this intake had received it.');
}

export function evolve(referral: Referral | undefined, event: ReferralEvent): Referral {
  if (event.type === 'received') {
    const { receivedAt, immediateRisk: atImmediateRisk } = event.request;
    const since = { heldSince: receivedAt, contactFrom: receivedAt };
    return { ...event.request, version: 1, ...since, atImmediateRisk, earlierIntakes: [], status: 'received' };
  }
  if (!referral) throw new Error(`${event.type} comes after received`);
  const next = { ...referral, version: referral.version + 1 };
  switch (event.type) {
    case 'information-requested':
      return open({ ...next, asked: event.asked });
    case 'information-received':
      return open({ ...next, asked: undefined });
    case 'triaged': {
      const { triage } = event;
      const stillAtRisk = referral.atImmediateRisk && !triage.immediateRiskPassed;
      const contactFrom = countedFrom(referral, triage.priority, triage.triagedAt);
      return open({ ...next, triage, contactFrom, atImmediateRisk: stillAtRisk || triage.riskBand === 'immediate' });
    }
    case 'redirected':
      return open({ ...next, redirect: event.redirect });
    case 'redirect-withdrawn':
      return open({ ...next, redirect: undefined });
    case 'redirect-acknowledged': {
      const { acknowledgedAt: heldSince, toOrganisation, toTeamId } = event.acknowledgement;
      const earlierIntakes = [...new Set([...referral.earlierIntakes, referral.intakeOrganisation])];
      const held = { intakeOrganisation: toOrganisation, intakeTeamId: toTeamId, heldSince, earlierIntakes };
      return open({ ...next, ...held, redirect: undefined, asked: undefined });
    }
    case 'accepted': {
      const { acceptance } = event;
      const contactFrom = countedFrom(referral, acceptance.priority, acceptance.acceptedAt);
      return { ...next, contactFrom, status: 'accepted', acceptance };
    }
    case 'rejected':
      return { ...next, status: 'rejected', rejection: event.rejection };
    case 'closed':
      return { ...next, status: 'closed', closing: event.closing };
    case 'care-contact-recorded':
      return { ...next, ...inTouch(referral, event.contact) };
  }
}

/** The status of an open referral follows from what is pending; a redirect is said before a question. */
const open = (referral: Request & Progress): Referral => ({
  ...referral,
  status: referral.redirect ? 'redirected' : referral.asked ? 'awaiting-information' : 'received',
});
