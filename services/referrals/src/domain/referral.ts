import type { Priority, TeamKind } from '@homeward/contracts';
import { addWorkingDays, DomainError, londonDate } from '@homeward/kernel';
import { DUTY_ENDS_WITHIN } from './our-defaults';

export const CONSENTS = ['given', 'best-interests', 'not-recorded'] as const;
export const RISK_BANDS = ['low', 'medium', 'high', 'immediate'] as const;

/** What was asked for; it stays as it was received, whatever is decided. */
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
  riskBand: (typeof RISK_BANDS)[number];
  /** Free text: it is published nowhere. */
  explanation: string;
  rejectedAt: Date;
}

export type Referral = Request & { version: number } & (
    | { status: 'received' }
    | { status: 'accepted'; acceptance: Acceptance }
    | { status: 'rejected'; rejection: Rejection }
  );

export type ReferralEvent =
  | { type: 'received'; request: Request }
  | { type: 'accepted'; acceptance: Acceptance }
  | { type: 'rejected'; rejection: Rejection };

/** A team as the directory knows it. */
export interface Team {
  id: string;
  organisation: string;
  kind: TeamKind;
  telephone: string;
}

const refuse = (code: string, rule: string, message: string): never => {
  throw new DomainError(code, message, 'rule', rule);
};

/** The team that a referral is sent to must be one that receives referrals (REF-02). */
export function intakeOf(team: Team | undefined): Team {
  if (team?.kind !== 'intake')
    return refuse('intake-unknown', 'REF-02', 'Send it to an intake: no team that receives referrals has this id.');
  return team;
}

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
  priority: Priority;
  acceptedAt: Date;
}

export function accept(referral: Referral, command: Accept, now: Date): ReferralEvent {
  stillOpen(referral);
  decidedInTime(referral, command.acceptedAt, now);
  const { team, priority, acceptedAt } = command;
  if (!team || team.kind === 'intake')
    return refuse('team-unknown', 'TRI-02', 'Name a team that supports people: the directory has none with this id.');
  if (team.organisation !== referral.intakeOrganisation)
    return refuse('team-of-another-organisation', 'TRI-02', 'Only a team of the intake’s own organisation may accept.');
  const answeredBy = whoAnswers(command, now);
  const { organisation, id: teamId } = team;
  return { type: 'accepted', acceptance: { organisation, teamId, answeredBy, priority, acceptedAt } };
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
  const { workingDays } = DUTY_ENDS_WITHIN;
  if (londonDate(until) > addWorkingDays(londonDate(now), workingDays))
    refuse('duty-too-long', 'DEC-04', `A duty ends within ${workingDays} working days; it may be renewed then.`);
  return { dutyHolder: { practitionerId, until } };
}

export function reject(referral: Referral, rejection: Rejection, now: Date): ReferralEvent {
  stillOpen(referral);
  decidedInTime(referral, rejection.rejectedAt, now);
  if (rejection.signpostCodes.length === 0)
    refuse('no-signpost', 'TRI-03', 'Say where help may be found: a rejection names at least one place.');
  if (rejection.criterionCodes.length === 0)
    refuse('no-criterion', 'ELG-10', 'Cite at least one criterion of the version that you name.');
  if (referral.immediateRisk || rejection.riskBand === 'high' || rejection.riskBand === 'immediate')
    refuse('risk-too-high', 'TRI-03', 'A person at high or immediate risk is not turned away: a team must accept.');
  return { type: 'rejected', rejection };
}

/** Accepted and rejected are final. */
function stillOpen(referral: Referral): void {
  if (referral.status !== 'received')
    throw new DomainError(`already-${referral.status}`, `This referral was ${referral.status} before.`);
}

function decidedInTime({ receivedAt }: Request, decidedAt: Date, now: Date): void {
  if (decidedAt > now)
    refuse('decided-in-the-future', 'DEC-01', 'A decision is recorded when it was made, not before.');
  if (decidedAt < receivedAt) refuse('decided-before-received', 'REF-04', 'It was decided before it was received.');
}

export function evolve(referral: Referral | undefined, event: ReferralEvent): Referral {
  if (event.type === 'received') return { ...event.request, version: 1, status: 'received' };
  if (!referral) throw new Error(`${event.type} comes after received`);
  const next = { ...referral, version: referral.version + 1 };
  return event.type === 'accepted'
    ? { ...next, status: 'accepted', acceptance: event.acceptance }
    : { ...next, status: 'rejected', rejection: event.rejection };
}
