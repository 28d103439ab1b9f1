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

export function reachedOn(birthDate: Day, age: AgeMilestone['age']): Day {
  const milestone = ageMilestones(birthDate).find((one) => one.age === age);
  if (!milestone) throw new Error(`${age} is an age milestone`);
  return milestone.on;
}

/** In full years; who was born on 29 February is a year older on 1 March. */
export function ageOn(birthDate: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return addMonths(birthDate, years * 12) > day ? years - 1 : years;
}
