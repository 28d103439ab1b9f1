const DAY = 86_400_000;

/** The calendar day in England at an instant, `2026-11-25`: a day ends at midnight in London, in summer too. */
export const londonDate = (instant: Date): string => london.format(instant);

const london = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** Monday to Friday, and no bank holiday of England. */
export function isWorkingDay(date: string): boolean {
  const weekday = new Date(date).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !bankHolidays(Number(date.slice(0, 4))).has(date);
}

/** The date `days` working days after `date`, which is not counted itself. */
export function addWorkingDays(date: string, days: number): string {
  let at = date;
  for (let left = days; left > 0;) {
    at = addDays(at, 1);
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}

/** Days that a proclamation added, and days that it moved from (gov.uk/bank-holidays). */
const PROCLAIMED = ['2020-05-08', '2022-06-02', '2022-06-03', '2022-09-19', '2023-05-08'];
const MOVED = ['2020-05-04', '2022-05-30'];

const years = new Map<number, Set<string>>();

function bankHolidays(year: number): Set<string> {
  let days = years.get(year);
  if (!days) {
    const easter = easterSunday(year);
    const summer = [firstMonday(year, 5), lastMonday(year, 5), lastMonday(year, 8)];
    const usual = [onWeekday(`${year}-01-01`), addDays(easter, -2), addDays(easter, 1), ...summer, ...christmas(year)];
    days = new Set([...usual.filter((day) => !MOVED.includes(day)), ...PROCLAIMED]);
    years.set(year, days);
  }
  return days;
}

const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);

/** A holiday on a Saturday or Sunday is kept on the next Monday. */
function onWeekday(date: string): string {
  const weekday = new Date(date).getUTCDay();
  return weekday === 6 ? addDays(date, 2) : weekday === 0 ? addDays(date, 1) : date;
}

/** Christmas and Boxing Day take the next two weekdays between them. */
function christmas(year: number): string[] {
  const weekday = new Date(`${year}-12-25`).getUTCDay();
  const substitutes: Record<number, [string, string]> = { 5: ['25', '28'], 6: ['27', '28'], 0: ['26', '27'] };
  return (substitutes[weekday] ?? ['25', '26']).map((day) => `${year}-12-${day}`);
}

function firstMonday(year: number, month: number): string {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  return addDays(first, (8 - new Date(first).getUTCDay()) % 7);
}

function lastMonday(year: number, month: number): string {
  const last = addDays(`${year}-${String(month + 1).padStart(2, '0')}-01`, -1);
  return addDays(last, -((new Date(last).getUTCDay() + 6) % 7));
}

/** The Gregorian computus (Meeus, Jones, Butcher). */
function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
