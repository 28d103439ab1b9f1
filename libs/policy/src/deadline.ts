import { addDays, addWorkingDays, isDay, monthsLater, type Day } from '@homeward/kernel';
import { parseLength, type Span } from './length';

/**
 * How a deadline in days is counted (dsr-cetr §7). None rolls forward to a working day.
 *
 * - `CAL`: calendar days, months or years after the day it starts from, which is day 0.
 * - `CAL_INC`: the law's "beginning with": the day it starts from is day 1.
 * - `WD`: working days of England after the day it starts from, which is day 0, also where it is none itself.
 */
export const DAY_KINDS = ['CAL', 'CAL_INC', 'WD'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** The last day on which it is still in time. `length` is an ISO 8601 duration: `P14D`, `P3M`, `P1Y`. */
export function dueDay(kind: DayKind, length: string, from: Day): Day {
  if (!isDay(from)) throw new RangeError('"from" is no day of the calendar: write 2026-12-14');
  const parsed = parseLength(length);
  if ('micros' in parsed)
    throw new RangeError(`"length" has hours, and ${kind} counts days: write P3D, or count as HOURS`);
  const { months, weeks, days } = parsed;
  if (Number(from.slice(0, 4)) + months / 12 + (weeks * 7 + days) / 365 > LAST_YEAR) {
    throw new RangeError('"length" reaches beyond the calendar of four-digit years: write a shorter one');
  }
  return COUNT[kind](from, parsed);
}

const LAST_YEAR = 9998;

const COUNT: Record<DayKind, (from: Day, span: Span) => Day> = { CAL: after, CAL_INC: beginningWith, WD: workingDays };

/** Three months from 30 November end on the last day of February: a month without the day gives its last. */
function after(from: Day, { months, weeks, days }: Span): Day {
  const { corresponding, last } = monthsLater(from, months);
  return addDays(corresponding ?? last, weeks * 7 + days);
}

/**
 * In months it ends on the day before the corresponding date; where the month has none, on its last day (the
 * corresponding-date rule): twelve months beginning with 29 February 2028 end on 28 February 2029.
 */
function beginningWith(from: Day, { months, weeks, days }: Span): Day {
  if (months + weeks + days === 0) {
    throw new RangeError('"length" is nothing, and a period beginning with a day has at least that one: write P1D');
  }
  const { corresponding, last } = monthsLater(from, months);
  return addDays(corresponding === undefined ? last : addDays(corresponding, -1), weeks * 7 + days);
}

/** A week is refused: one reader sees five working days in it, another one seven. */
function workingDays(from: Day, { months, weeks, days }: Span): Day {
  if (months + weeks > 0) {
    throw new RangeError('"length" has more than days, and WD counts in days alone: write P10D');
  }
  return addWorkingDays(from, days);
}
