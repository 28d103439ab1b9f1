/**
 * A second calculator, for the tests: it walks one day (or one minute) after the other, by the rules as they are told in
 * school, and shares no code and no list with what it checks.
 */
interface Walker {
  year: number;
  month: number;
  day: number;
  /** 0 is Sunday. */
  weekday: number;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function tomorrow({ year, month, day, weekday }: Walker): Walker {
  const next = { year, month, day: day + 1, weekday: (weekday + 1) % 7 };
  if (next.day <= lengthOfMonth(year, month)) return next;
  return month === 12 ? { ...next, year: year + 1, month: 1, day: 1 } : { ...next, month: month + 1, day: 1 };
}

/** Sakamoto's method, for the weekday of the day on which the walk begins. */
function walkerAt(text: string): Walker {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const y = month < 3 ? year - 1 : year;
  const offset = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] ?? 0;
  const weekday = (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + offset + day) % 7;
  return { year, month, day, weekday };
}

const pad = (count: number, digits = 2): string => String(count).padStart(digits, '0');
const textOf = ({ year, month, day }: Walker): string => `${pad(year, 4)}-${pad(month)}-${pad(day)}`;

export function walkDays(days: number, from: string): string {
  let at = walkerAt(from);
  for (let walked = 0; walked < days; walked += 1) at = tomorrow(at);
  return textOf(at);
}

/** Beginning with `from`: it is the first of the days. */
export function walkDaysIncluding(days: number, from: string): string {
  let at = walkerAt(from);
  for (let on = 1; on < days; on += 1) at = tomorrow(at);
  return textOf(at);
}

export const walkMonths = (months: number, from: string): string => walkInto(months, from).on;

/** The day before the corresponding date; the month's last day where it has no such date. */
export function walkMonthsIncluding(months: number, from: string): string {
  const { dayBefore, on, exists } = walkInto(months, from);
  return exists ? dayBefore : on;
}

/** Walks until the month has changed so often, and then to its day of the same number, or as far as it goes. */
function walkInto(months: number, from: string): { dayBefore: string; on: string; exists: boolean } {
  const start = walkerAt(from);
  let [before, at, changes] = [start, start, 0];
  while (changes < months || at.day !== start.day) {
    const next = tomorrow(at);
    if (next.day === 1 && changes === months) return { dayBefore: textOf(before), on: textOf(at), exists: false };
    if (next.day === 1) changes += 1;
    [before, at] = [at, next];
  }
  return { dayBefore: textOf(before), on: textOf(at), exists: true };
}

export function walkWorkingDays(days: number, from: string): string {
  let at = walkerAt(from);
  for (let worked = 0; worked < days;) {
    at = tomorrow(at);
    if (isWorked(at)) worked += 1;
  }
  return textOf(at);
}

const isWorked = (at: Walker): boolean => !isWeekend(at) && !holidaysOf(at.year).has(textOf(at));
const isWeekend = ({ weekday }: Walker): boolean => weekday === 0 || weekday === 6;

/** The usual day is none in these years, and these are kept besides. */
const NOT_KEPT = ['1995-05-01', '2002-05-27', '2012-05-28', '2020-05-04', '2022-05-30'];
const BESIDES = `1981-07-29 1995-05-08 1999-12-31 2002-06-03 2002-06-04 2011-04-29 2012-06-04 2012-06-05 2020-05-08
  2022-06-02 2022-06-03 2022-09-19 2023-05-08`.split(/\s+/);

const known = new Map<number, Set<string>>();

/** Walks through the year with the calendar's sentences: "the first Monday in May", "the Monday after Easter". */
function holidaysOf(year: number): Set<string> {
  const found = known.get(year) ?? new Set(BESIDES.filter((day) => day.startsWith(String(year))));
  if (known.has(year)) return found;
  known.set(year, found);
  const easter = easterOf(year);
  let toKeep = 0;
  for (let at = walkerAt(`${year}-01-01`); at.year === year; at = tomorrow(at)) {
    const { month, day, weekday } = at;
    const isMonday = weekday === 1;
    if (textOf(at) === walkDays(1, easter) || walkDays(2, textOf(at)) === easter) found.add(textOf(at));
    if (isMonday && month === 5 && (day <= 7 || day > 24)) found.add(textOf(at));
    if (isMonday && month === 8 && day > 24) found.add(textOf(at));
    // A holiday that falls on a weekend, or on a day that another one took, waits for the next weekday.
    if ((month === 1 && day === 1) || (month === 12 && (day === 25 || day === 26))) toKeep += 1;
    if (toKeep > 0 && !isWeekend(at)) {
      found.add(textOf(at));
      toKeep -= 1;
    }
  }
  for (const day of NOT_KEPT) found.delete(day);
  return found;
}

/** The Sunday after the first full moon of the church on or after 21 March (tables for 1900 to 2199). */
function easterOf(year: number): string {
  const MOONS =
    '04-14 04-03 03-23 04-11 03-31 04-18 04-08 03-28 04-16 04-05 03-25 04-13 04-02 03-22 04-10 03-30 04-17 04-07 03-27';
  let at = tomorrow(walkerAt(`${year}-${MOONS.split(' ')[year % 19]}`));
  while (at.weekday !== 0) at = tomorrow(at);
  return textOf(at);
}

/** From an instant in UTC; its seconds stay. */
export function walkMinutes(minutes: number, from: string): string {
  let at = walkerAt(from.slice(0, 10));
  let [hour, minute] = [Number(from.slice(11, 13)), Number(from.slice(14, 16))];
  for (let walked = 0; walked < minutes; walked += 1) {
    minute += 1;
    if (minute === 60) [hour, minute] = [hour + 1, 0];
    if (hour === 24) [at, hour] = [tomorrow(at), 0];
  }
  return `${textOf(at)}T${pad(hour)}:${pad(minute)}${from.slice(16)}`;
}
