import type { Deadline } from './deadline';
import { judge } from './judge';
import { WARNING } from './terms';

/** A step that has not been reached yet, as it is stored. */
export interface StoredStep {
  step: string;
  due: Date;
}

export interface Expired {
  /** The deadline as it is now, if time made it late. */
  missed?: Deadline;
  /** The step of which somebody is told. */
  reached?: StoredStep;
}

/**
 * What time alone did to a deadline and its steps. A clock that looks late tells once: that it was missed, not that it was
 * near before; and of several rungs the highest.
 */
export function expire(deadline: Deadline, steps: readonly StoredStep[], now: Date): Expired {
  const verdict = judge(deadline, { what: 'time', now });
  const missed = verdict && { ...deadline, status: verdict.status, settledAt: verdict.settledAt };
  const isLate = (missed ?? deadline).status === 'missed';
  const reached = steps
    .filter(({ step, due }) => due <= now && !(isLate && step === WARNING))
    .reduce<StoredStep | undefined>((last, step) => (last && last.due >= step.due ? last : step), undefined);
  return { missed, reached };
}
