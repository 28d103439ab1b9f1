import { newEvent, type DeadlineContracts, type DeadlineData, type NewEvent } from '@homeward/contracts';
import { instantOf } from '@homeward/kernel';
import type { Change, Deadline } from './domain/deadline';
import type { StoredStep } from './domain/expire';

/** What the log hears of a change. */
export function published(contracts: DeadlineContracts, { after, told }: Change): NewEvent {
  const event = { ...about(after, told.at), data: dataOf(after) };
  switch (told.what) {
    case 'started':
      return newEvent(contracts.started, event);
    case 'met':
      return newEvent(contracts.met, event);
    case 'missed':
      return newEvent(contracts.missed, event);
    case 'done-late':
      return newEvent(contracts.doneLate, event);
    case 'cancelled':
      return newEvent(contracts.cancelled, {
        ...event,
        data: { ...event.data, reasonCode: told.because ?? 'not-needed' },
      });
  }
}

export const stepReached = (contracts: DeadlineContracts, after: Deadline, { step, due }: StoredStep): NewEvent =>
  newEvent(contracts.stepReached, { ...about(after, due), data: { ...dataOf(after), step } });

const about = ({ id, personId }: Deadline, at: Date) => ({
  stream: `person/${personId}`,
  subject: `deadline/${id}`,
  personId,
  occurredAt: instantOf(at),
});

const dataOf = (deadline: Deadline): DeadlineData => ({
  deadlineId: deadline.id,
  about: deadline.subject,
  ruleId: deadline.rule,
  ruleFrom: deadline.ruleFrom,
  authority: deadline.authority,
  standing: deadline.standing,
  ...deadline.owner,
  waiting: deadline.waiting,
  startsAt: instantOf(deadline.startsAt),
  due: instantOf(deadline.due),
  dueOn: deadline.dueOn,
  status: deadline.status,
  settledAt: deadline.settledAt && instantOf(deadline.settledAt),
});
