import type { Day } from '@homeward/kernel';

export type Status = 'running' | 'met' | 'missed' | 'cancelled' | 'suspended';

/** How a deadline stands. */
export interface Standing {
  status: Status;
  /** From then on it is late. */
  due: Date;
  /** Of what is counted in days: the last one. */
  dueOn: Day | null;
  /** When it was done, or not needed any more. Null: it is to be done. */
  settledAt: Date | null;
}

export type Happening =
  /** What it waited for, whenever it is told; `correction`: what was told before of it was wrong. */
  | { what: 'done'; at: Date; correction?: true }
  | { what: 'not-needed'; at: Date }
  /** DEC-05 */
  | { what: 'died'; at: Date }
  /** Nothing but that time went on. */
  | { what: 'time'; now: Date };

export type Told = 'met' | 'missed' | 'done-late' | 'cancelled';

export interface Verdict {
  status: Status;
  settledAt: Date | null;
  told: Told;
}

/** Of days, the instant at which the next one begins is late; of hours, the last instant is in time. */
export const isInTime = ({ due, dueOn }: Standing, at: Date): boolean => (dueOn === null ? at <= due : at < due);

export const isOpen = ({ settledAt }: Standing): boolean => settledAt === null;

/**
 * What becomes of a deadline; undefined when nothing does. It is judged by when things happened, not by when they were
 * told or when a clock looked: however late somebody tells, it ends as if it had been told at once.
 */
export function judge(deadline: Standing, happening: Happening): Verdict | undefined {
  const { status } = deadline;
  if (happening.what === 'time')
    return status === 'running' && deadline.due <= happening.now
      ? { status: 'missed', settledAt: null, told: 'missed' }
      : undefined;
  const inTime = isInTime(deadline, happening.at);
  if (!isOpen(deadline)) return judgeAgain(deadline, happening, inTime);
  const settledAt = happening.at;
  if (inTime) {
    if (happening.what === 'done') return { status: 'met', settledAt, told: 'met' };
    return { status: happening.what === 'died' ? 'suspended' : 'cancelled', settledAt, told: 'cancelled' };
  }
  if (status === 'running') return { status: 'missed', settledAt, told: 'missed' };
  return { status: 'missed', settledAt, told: happening.what === 'done' ? 'done-late' : 'cancelled' };
}

/** It was settled already: only that it was done earlier than anybody knew, or a correction, says otherwise. */
function judgeAgain(
  { status }: Standing,
  happening: Exclude<Happening, { what: 'time' }>,
  inTime: boolean,
): Verdict | undefined {
  if (happening.what !== 'done') return undefined;
  const { at: settledAt } = happening;
  if (status === 'missed' && inTime) return { status: 'met', settledAt, told: 'met' };
  if (status === 'met' && !inTime && happening.correction) return { status: 'missed', settledAt, told: 'missed' };
  return undefined;
}
