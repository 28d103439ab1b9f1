import { DomainError, londonDate, type Instant } from '@homeward/kernel';
import { dueBy, lengthOn } from '@homeward/policy';
import type { Answering } from './accountability';

/** Who answers within a team: a named co-ordinator, or somebody on duty until one is named (DEC-04, CC-01). */
export type Responsibility =
  | { coordinatorId: string; dutyHolder: null }
  | { coordinatorId: null; dutyHolder: { practitionerId: string; until: Instant } };

export const practitionerOf = ({ coordinatorId, dutyHolder }: Responsibility): string =>
  coordinatorId ?? dutyHolder.practitionerId;

/** Who answers, as a command names them. */
export interface Named {
  coordinatorId?: string;
  dutyHolder?: { practitionerId: string; until: Instant };
}

export const answeringIn = (team: { organisation: string; teamId: string }, named: Responsibility): Answering => ({
  ...team,
  answeredBy: practitionerOf(named),
  dutyUntil: named.dutyHolder?.until ?? null,
});

/** Exactly one of the two. */
export function exactlyOne({ coordinatorId, dutyHolder }: Named): Responsibility {
  if (coordinatorId !== undefined && dutyHolder === undefined) return { coordinatorId, dutyHolder: null };
  if (coordinatorId === undefined && dutyHolder !== undefined) return { coordinatorId: null, dutyHolder };
  throw new DomainError(
    'responsible-person-missing',
    'Name a co-ordinator, or a duty holder until there is one: exactly one of the two.',
    'rule',
    'TRF-03',
  );
}

/** A duty ends, and soon after it began (DEC-04). */
export function dutyIsTooLong({ dutyHolder }: Responsibility, from: Instant): boolean {
  if (dutyHolder === null) return false;
  const lastDay = dueBy('DEC-04', londonDate(new Date(from)));
  return dutyHolder.until <= from || londonDate(new Date(dutyHolder.until)) > lastDay;
}

/** For a decision: exactly one of the two, and a duty that ends soon. */
export function nameResponsible(named: Named, now: Instant): Responsibility {
  const responsibility = exactlyOne(named);
  if (dutyIsTooLong(responsibility, now)) {
    throw new DomainError(
      'duty-too-long',
      `A duty ends within ${lengthOn('DEC-04', londonDate(new Date(now)))}; it can be renewed.`,
      'rule',
      'DEC-04',
    );
  }
  return responsibility;
}
