import { BANK_HOLIDAYS, BANK_HOLIDAYS_FROM, BANK_HOLIDAYS_UNTIL } from './bank-holidays';
import { addDays, type Day } from './day';
import { DomainError } from './domain-error';

const holidays = new Set(
  Object.entries(BANK_HOLIDAYS).flatMap(([year, days]) => days.split(' ').map((day) => `${year}-${day}`)),
);

/** Monday to Friday, and no bank holiday of England. Refused for a day whose bank holidays are not known. */
export function isWorkingDay(day: Day): boolean {
  if (day < BANK_HOLIDAYS_FROM || day > BANK_HOLIDAYS_UNTIL) {
    throw new DomainError(
      'bank-holidays-unknown',
      `Bank holidays are known from ${BANK_HOLIDAYS_FROM} to ${BANK_HOLIDAYS_UNTIL}, so ${day} cannot be counted as a working day or not: check the date.`,
      'rule',
    );
  }
  const weekday = new Date(day).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(day);
}

/** The day `days` working days after `day`, which is not counted itself. */
export function addWorkingDays(day: Day, days: number): Day {
  let at = day;
  for (let left = days; left > 0;) {
    at = addDays(at, 1);
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}
