import { addDays, monthsLater, type Day } from '@homeward/kernel';

/**
 * The same day of the month, that many months later. Where there is none (29 February, the 31st) it is the first of the
 * next month: an age is never reached early, and who was born on 29 February comes of age on 1 March.
 */
export function addMonths(day: Day, months: number): Day {
  const { corresponding, last } = monthsLater(day, months);
  return corresponding ?? addDays(last, 1);
}
