import { addWorkingDays, DomainError, londonDate, type Instant } from '@homeward/kernel';
import { DUTY_HOLDER } from './defaults';

/** Who answers within a team: a named co-ordinator, or somebody on duty until one is named (DEC-04, CC-01). */
export type Responsibility =
  | { coordinatorId: string; dutyHolder: null }
  | { coordinatorId: null; dutyHolder: { practitionerId: string; until: Instant } };

export const practitionerOf = ({ coordinatorId, dutyHolder }: Responsibility): string =>
  coordinatorId ?? dutyHolder.practitionerId;

/** Exactly one of the two; a duty ends, and soon. */
export function nameResponsible(
  named: { coordinatorId?: string; dutyHolder?: { practitionerId: string; until: Instant } },
  now: Instant,
): Responsibility {
  const { coordinatorId, dutyHolder } = named;
  if (coordinatorId !== undefined && dutyHolder === undefined) return { coordinatorId, dutyHolder: null };
  if (coordinatorId !== undefined || dutyHolder === undefined) {
    throw new DomainError(
      'responsible-person-missing',
      'Name a co-ordinator, or a duty holder until there is one: exactly one of the two.',
      'rule',
      'TRF-03',
    );
  }
  const lastDay = addWorkingDays(londonDate(new Date(now)), DUTY_HOLDER.workingDays);
  if (dutyHolder.until <= now || londonDate(new Date(dutyHolder.until)) > lastDay) {
    throw new DomainError(
      'duty-too-long',
      `A duty ends within ${DUTY_HOLDER.workingDays} working days; it can be renewed.`,
      'rule',
      DUTY_HOLDER.rule,
    );
  }
  return { coordinatorId: null, dutyHolder };
}
