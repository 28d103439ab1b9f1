import type { DeclineReason, Priority } from '@homeward/contracts';
import { DomainError, londonDate, type Instant } from '@homeward/kernel';
import { dueBy, lengthOn } from '@homeward/policy';
import { nameResponsible, practitionerOf, type Responsibility } from './responsibility';

/** What a receiving team may offer in place of taking over; an area may have more (standing: our-default). */
export const ALTERNATIVES = [
  'joint-review',
  'joint-working',
  'advice',
  'another-team',
  'later-date',
  'decide-once-complete',
] as const;
export const WITHDRAWAL_REASONS = ['no-longer-needed', 'said-no', 'needs-changed', 'recorded-in-error'] as const;
/** At these a lack of room is escalated, and not a reason to say no (TRF-06). */
const CAPACITY_IS_NO_REASON: readonly Priority[] = ['emergency', 'very-urgent', 'urgent'];

export interface TeamOf {
  organisation: string;
  teamId: string;
}

/** One team asks another to take over. The asking team stays accountable until completion (TRF-01, TRF-04). */
interface Request {
  id: string;
  episodeId: string;
  from: TeamOf;
  to: TeamOf;
  reasonCode: string;
  priority: Priority;
  riskAssessedAt: Instant;
  proposedAt: Instant;
}

export type ProposedTransfer = Request & { status: 'proposed' };
interface Agreed {
  responsibility: Responsibility;
  startsAt: Instant;
  acceptedAt: Instant;
}
export type AcceptedTransfer = Request & Agreed & { status: 'accepted' };
interface Done {
  firstContactAt: Instant;
  personInformedAt: Instant;
  completedAt: Instant;
}
export type CompletedTransfer = Request & Agreed & Done & { status: 'completed' };

/** What happened took its place. */
interface Superseded {
  by: 'admission' | 'discharge' | 'death';
  endedAt: Instant;
}
export type SupersededTransfer = Request & { endedAt: Instant; status: 'superseded' };

/** The receiving team said no, and what it offers instead (TRF-06). */
export interface Declined {
  reasonCode: DeclineReason;
  alternativeCode: (typeof ALTERNATIVES)[number];
  /** Free text, published nowhere. */
  explanation?: string;
}
export type DeclinedTransfer = Request & { declined: Declined; endedAt: Instant; status: 'declined' };

/** The asking team took it back. */
export interface Withdrawn {
  reasonCode: (typeof WITHDRAWAL_REASONS)[number];
}
export type WithdrawnTransfer = Request & { withdrawn: Withdrawn; endedAt: Instant; status: 'withdrawn' };

export type Transfer =
  ProposedTransfer | AcceptedTransfer | CompletedTransfer | SupersededTransfer | DeclinedTransfer | WithdrawnTransfer;

export type TransferEvent =
  | ({ type: 'proposed' } & Request)
  | ({ type: 'accepted' } & Agreed)
  | ({ type: 'completed' } & Switched)
  | ({ type: 'superseded' } & Superseded)
  | { type: 'declined'; declined: Declined; endedAt: Instant }
  | { type: 'withdrawn'; withdrawn: Withdrawn; endedAt: Instant };

/** Who answered for the team that hands over is told with the switch. */
interface Switched extends Done {
  answeredBefore: string;
}

/** What a proposal is judged by. */
export interface Situation {
  episode: { accountable: TeamOf; closedAt: Instant | null };
  /** There is one already that waits for an answer or for its completion. */
  transferIsOpen: boolean;
}

export type Propose = Omit<Request, 'from' | 'proposedAt'> & { byOrganisation: string; now: Instant };

/** By the accountable team: its lead or co-ordinator (PERM-34). */
export function propose({ episode, transferIsOpen }: Situation, command: Propose): TransferEvent[] {
  const { byOrganisation, now, ...request } = command;
  if (episode.closedAt !== null) throw new DomainError('episode-closed', 'The episode is closed.');
  if (episode.accountable.organisation !== byOrganisation) {
    throw new DomainError(
      'not-the-accountable-team',
      'Only the accountable team proposes a transfer.',
      'rule',
      'TRF-01',
    );
  }
  if (request.to.teamId === episode.accountable.teamId) {
    throw new DomainError('team-is-accountable-already', 'This team is accountable already.', 'rule', 'TRF-03');
  }
  if (transferIsOpen) {
    throw new DomainError(
      'transfer-open-already',
      'Another transfer of this episode is open: complete that one first.',
    );
  }
  notInTheFuture(request.riskAssessedAt, now, 'risk-assessed-in-the-future');
  const [today, assessedOn] = [londonDate(new Date(now)), londonDate(new Date(request.riskAssessedAt))];
  if (today > dueBy('TRF-02.risk-assessment', assessedOn)) {
    throw new DomainError(
      'risk-assessment-too-old',
      `The risk assessment is older than ${lengthOn('TRF-02.risk-assessment', today)}: assess again before you propose.`,
      'rule',
      'TRF-02',
    );
  }
  return [{ type: 'proposed', ...request, from: episode.accountable, proposedAt: now }];
}

export interface Accept {
  byOrganisation: string;
  coordinatorId?: string;
  dutyHolder?: { practitionerId: string; until: Instant };
  /** Who belongs to the receiving team. */
  isInTeam: (practitionerId: string) => boolean;
  startsAt: Instant;
  now: Instant;
}

/** The receiving team's lead agrees and names who will answer (PERM-33). Nothing switches yet (TRF-04). */
export function accept(transfer: Transfer, command: Accept): TransferEvent[] {
  if (transfer.to.organisation !== command.byOrganisation) {
    throw new DomainError('not-the-receiving-team', 'Only the receiving team accepts a transfer.', 'rule', 'TRF-01');
  }
  if (transfer.status !== 'proposed') {
    throw new DomainError(`transfer-is-${transfer.status}`, `The transfer is ${transfer.status} already.`);
  }
  const { now, startsAt } = command;
  const responsibility = nameResponsible(command, now);
  if (!command.isInTeam(practitionerOf(responsibility))) {
    throw new DomainError('practitioner-not-in-team', 'Name somebody who is in the receiving team.', 'rule', 'CC-01');
  }
  return [{ type: 'accepted', responsibility, startsAt, acceptedAt: now }];
}

export interface Complete {
  byOrganisation: string;
  answeredBefore: string;
  handoverComplete: boolean;
  firstContactAt: Instant;
  personInformedAt: Instant;
  completedAt: Instant;
  now: Instant;
}

/** In this moment, and not before, accountability switches (TRF-04). */
export function complete(transfer: Transfer, command: Complete): TransferEvent[] {
  const { answeredBefore, handoverComplete, firstContactAt, personInformedAt, completedAt, now } = command;
  if (![transfer.from.organisation, transfer.to.organisation].includes(command.byOrganisation)) {
    throw new DomainError('not-a-team-of-this-transfer', 'Only its two teams complete a transfer.', 'rule', 'TRF-01');
  }
  if (transfer.status !== 'accepted') {
    const message =
      transfer.status === 'proposed' ? 'The receiving team has not accepted yet.' : `It is ${transfer.status} already.`;
    throw new DomainError(`transfer-is-${transfer.status}`, message, 'state', 'TRF-01');
  }
  if (!handoverComplete) {
    throw new DomainError(
      'handover-incomplete',
      'The handover must be complete before the receiving team answers for the person.',
      'rule',
      'TRF-01',
    );
  }
  notInTheFuture(completedAt, now, 'completed-in-the-future');
  if (completedAt < transfer.acceptedAt) {
    throw new DomainError(
      'completed-before-accepted',
      'It cannot be complete before it was accepted.',
      'rule',
      'TRF-01',
    );
  }
  if (firstContactAt > completedAt) {
    throw new DomainError('first-contact-missing', 'The first contact comes before completion.', 'rule', 'TRF-04');
  }
  if (personInformedAt > completedAt) {
    throw new DomainError('person-not-informed', 'The person is told before completion.', 'rule', 'TRF-08');
  }
  return [{ type: 'completed', answeredBefore, firstContactAt, personInformedAt, completedAt }];
}

/** It waits for an answer or for its completion. */
export const isOpen = ({ status }: Transfer): boolean => status === 'proposed' || status === 'accepted';

/** An admission, a discharge or a death happened: it is never refused, and ends what is still open (DEC-02, DEC-05). */
export const supersede = (transfer: Transfer, by: Superseded['by'], endedAt: Instant): TransferEvent[] =>
  isOpen(transfer) ? [{ type: 'superseded', by, endedAt }] : [];

/** The receiving team says no. The other stays accountable, and may ask again (TRF-01, TRF-06). */
export function decline(transfer: Transfer, byOrganisation: string, declined: Declined, now: Instant): TransferEvent[] {
  if (transfer.to.organisation !== byOrganisation) {
    throw new DomainError('not-the-receiving-team', 'Only the receiving team declines a transfer.', 'rule', 'TRF-06');
  }
  if (transfer.status !== 'proposed') {
    throw new DomainError(`transfer-is-${transfer.status}`, `The transfer is ${transfer.status} already.`);
  }
  if (declined.reasonCode === 'capacity' && CAPACITY_IS_NO_REASON.includes(transfer.priority)) {
    throw new DomainError(
      'capacity-alone',
      `Something ${transfer.priority} is not declined for want of room: escalate it instead.`,
      'rule',
      'TRF-06',
    );
  }
  return [{ type: 'declined', declined, endedAt: now }];
}

/** The asking team takes it back, until it is completed. It stays accountable (TRF-01). */
export function withdraw(
  transfer: Transfer,
  byOrganisation: string,
  withdrawn: Withdrawn,
  now: Instant,
): TransferEvent[] {
  if (transfer.from.organisation !== byOrganisation) {
    throw new DomainError('not-the-asking-team', 'Only the team that asked withdraws a transfer.', 'rule', 'TRF-01');
  }
  if (!isOpen(transfer)) {
    throw new DomainError(`transfer-is-${transfer.status}`, `The transfer is ${transfer.status} already.`);
  }
  return [{ type: 'withdrawn', withdrawn, endedAt: now }];
}

export function evolve(transfer: Transfer | undefined, event: TransferEvent): Transfer {
  if (event.type === 'proposed') {
    const { type: status, ...request } = event;
    return { ...request, status };
  }
  if (transfer?.status === 'proposed' && event.type === 'accepted') {
    const { type: status, ...agreed } = event;
    return { ...transfer, ...agreed, status };
  }
  if (transfer?.status === 'accepted' && event.type === 'completed') {
    const { type: status, firstContactAt, personInformedAt, completedAt } = event;
    return { ...transfer, firstContactAt, personInformedAt, completedAt, status };
  }
  if (transfer && isOpen(transfer) && event.type === 'superseded') {
    return { ...requestOf(transfer), endedAt: event.endedAt, status: 'superseded' };
  }
  if (transfer?.status === 'proposed' && event.type === 'declined') {
    const { type: status, ...said } = event;
    return { ...transfer, ...said, status };
  }
  if (transfer && isOpen(transfer) && event.type === 'withdrawn') {
    const { type: status, ...said } = event;
    return { ...requestOf(transfer), ...said, status };
  }
  throw new Error(`a transfer that is ${transfer?.status ?? 'not proposed'} cannot be ${event.type}`);
}

function requestOf({ id, episodeId, from, to, reasonCode, priority, riskAssessedAt, proposedAt }: Transfer): Request {
  return { id, episodeId, from, to, reasonCode, priority, riskAssessedAt, proposedAt };
}

function notInTheFuture(at: Instant, now: Instant, code: string): void {
  if (at > now) throw new DomainError(code, 'It lies in the future: send when it happened.', 'rule');
}
