import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from './event-contract';
import { closed, code, day, instant, odsCode, oneOf, uuid } from './schema';

export const DEADLINE_STATUSES = ['running', 'met', 'missed', 'cancelled', 'suspended'] as const;
export type DeadlineStatus = (typeof DEADLINE_STATUSES)[number];

/** Why nothing is waited for any more. */
export const NOT_NEEDED = ['not-needed', 'passed-on', 'died'] as const;
export type NotNeeded = (typeof NOT_NEEDED)[number];

const orNull = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()]);
const team = (whose: string) => ({ organisation: odsCode(`The organisation of ${whose}`), teamId: uuid(whose) });

/** The whole of a deadline, as the event left it: who listens needs no event before it. */
const deadline = {
  deadlineId: uuid('The deadline'),
  about: Type.String({ pattern: '^[a-z-]+/[0-9a-f-]{36}$', description: 'What it is a deadline of: `referral/<id>`' }),
  ruleId: code('The rule that sets it'),
  ruleFrom: orNull(day('From when on the rule is as it was applied; null where that is not known')),
  authority: Type.String({ maxLength: 100, description: 'Who says so' }),
  standing: code('What the rule rests on'),
  ...team('the team that has to act'),
  waiting: Type.Union([closed(team('the team that waits for it')), Type.Null()]),
  startsAt: instant('From when on it is counted'),
  due: instant('From then on it is late'),
  dueOn: orNull(day('The last day, of what is counted in days')),
  status: oneOf(DEADLINE_STATUSES, 'How it stands'),
  settledAt: orNull(instant('When it was done, or not needed any more; null while it is to be done')),
};

const whole = closed(deadline);
export type DeadlineData = Static<typeof whole>;

const cancelled = closed({ ...deadline, reasonCode: oneOf(NOT_NEEDED, 'Why') });
const reached = closed({ ...deadline, step: code('`warning`, or the rule of the rung that was reached') });

export interface DeadlineContracts {
  started: EventContract<DeadlineData>;
  met: EventContract<DeadlineData>;
  missed: EventContract<DeadlineData>;
  doneLate: EventContract<DeadlineData>;
  cancelled: EventContract<Static<typeof cancelled>>;
  stepReached: EventContract<Static<typeof reached>>;
}

type About = Pick<DeadlineData, 'about' | 'ruleId'>;

/** What a service publishes of its deadlines; `about` and `ruleId` are of its example. */
export function deadlineContracts(service: string, about: About): DeadlineContracts {
  const example = { ...EXAMPLE, ...about };
  const of = { minor: 0, stream: 'person' as const, schema: whole };
  const type = (happened: string): string => `homeward.${service}.deadline.${happened}.v1`;
  const settledAt = '2026-11-25T15:00:00.000000Z';
  const late = '2026-11-27T09:00:00.000000Z';
  return {
    started: {
      ...of,
      type: type('started'),
      title: 'A deadline started',
      description:
        'Something is to be done by then. One that was over when it was told begins as missed, without this.',
      example,
    },
    met: {
      ...of,
      type: type('met'),
      title: 'A deadline was met',
      description: 'It was done in time, by when it happened. Told late, it follows a missed one and takes its place.',
      example: { ...example, status: 'met', settledAt },
    },
    missed: {
      ...of,
      type: type('missed'),
      title: 'A deadline was missed',
      description: 'It was not done in time. While `settledAt` is null it is still to be done, and nobody keeps quiet.',
      example: { ...example, status: 'missed' },
    },
    doneLate: {
      ...of,
      type: type('done-late'),
      title: 'What was due was done, late',
      description: 'The deadline stays missed, and nothing is waited for any more.',
      example: { ...example, status: 'missed', settledAt: late },
    },
    cancelled: {
      ...of,
      type: type('cancelled'),
      title: 'A deadline is not needed any more',
      description: 'Before it was due it is cancelled, or suspended by a death (DEC-05); after that it stays missed.',
      schema: cancelled,
      example: { ...example, status: 'cancelled', settledAt, reasonCode: 'not-needed' },
    },
    stepReached: {
      ...of,
      type: type('step-reached'),
      title: 'A deadline is near, or somebody else hears that it is overdue',
      description: 'A warning before it is due, or a rung of the ladder after it.',
      schema: reached,
      example: { ...example, step: 'warning' },
    },
  };
}

export const allOf = (contracts: DeadlineContracts): EventContract[] => Object.values(contracts);

const EXAMPLE: DeadlineData = {
  deadlineId: '0199b6a0-0000-7000-8000-000000000050',
  about: 'referral/0199b6a0-0000-7000-8000-000000000010',
  ruleId: 'C1.urgent',
  ruleFrom: null,
  authority: 'Homeward',
  standing: 'our-default',
  organisation: 'RZ1',
  teamId: '0199b6a0-0000-7000-8000-0000000000a1',
  waiting: null,
  startsAt: '2026-11-25T09:00:00.000000Z',
  due: '2026-11-27T00:00:00.000000Z',
  dueOn: '2026-11-26',
  status: 'running',
  settledAt: null,
};
