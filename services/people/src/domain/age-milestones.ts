import type { Day } from '@homeward/kernel';
import { addMonths } from './calendar';

/** The ages at which somebody's rights, or the services for them, change (DEC-35), in months. */
const MILESTONES = [
  ['14', 14 * 12],
  ['16', 16 * 12],
  ['17', 17 * 12],
  ['17.5', 17 * 12 + 6],
  ['18', 18 * 12],
  ['25', 25 * 12],
  ['26', 26 * 12],
] as const;

export interface AgeMilestone {
  age: (typeof MILESTONES)[number][0];
  on: Day;
}

/** When a person reaches each of them. Other services are told these days, never the birth date. */
export const ageMilestones = (birthDate: Day): AgeMilestone[] =>
  MILESTONES.map(([age, months]) => ({ age, on: addMonths(birthDate, months) }));
