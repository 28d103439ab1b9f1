/** A day of the calendar without time or zone, `2026-11-25`: a birth date is one everywhere. */
export type Day = string;

const MILLIS_IN_DAY = 86_400_000;

/** The day in England at an instant: a day ends at midnight in London, in summer too. */
export const londonDate = (instant: Date): Day => london.format(instant);

const london = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** Whether the calendar has it. JavaScript alone reads the 30th of February as the 2nd of March. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const midnight = new Date(text);
  return !Number.isNaN(midnight.getTime()) && dayAt(midnight) === text;
}

/** Counted in UTC, where each day has 24 hours: a change of the clocks moves none. */
export const addDays = (day: Day, days: number): Day => dayAt(new Date(Date.parse(day) + days * MILLIS_IN_DAY));

/**
 * The month that many months later: its day of the same number, where it has one (none for 29 February or the 31st in a
 * shorter month), and its last day. What stands in for a missing day is the caller's rule.
 */
export function monthsLater(day: Day, months: number): { corresponding: Day | undefined; last: Day } {
  if (!isDay(day)) throw new RangeError('not a day of the calendar');
  const end = new Date(day);
  end.setUTCMonth(end.getUTCMonth() + months + 1, 0);
  const last = dayAt(end);
  const corresponding = `${last.slice(0, 8)}${day.slice(8)}`;
  return { corresponding: corresponding <= last ? corresponding : undefined, last };
}

const dayAt = (midnight: Date): Day => midnight.toISOString().slice(0, 10);
