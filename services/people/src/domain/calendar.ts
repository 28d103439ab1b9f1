/** A day of the calendar without time or zone, `2001-02-28`: a birth date is one everywhere. */
export type Day = string;

const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isDay(text: string): boolean {
  const parts = partsOf(text);
  return parts !== undefined && existsIn(parts.year, parts.month, parts.day);
}

/**
 * The same day of the month, that many months later. Where there is none (29 February, the 31st) it is the first of the
 * next month: an age is never reached early, and who was born on 29 February comes of age on 1 March.
 */
export function addMonths(day: Day, months: number): Day {
  const parts = partsOf(day);
  if (!parts || !isDay(day)) throw new RangeError('not a day of the calendar');
  const count = parts.year * 12 + (parts.month - 1) + months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  return existsIn(year, month, parts.day) ? format(year, month, parts.day) : format(year, month + 1, 1);
}

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

function partsOf(text: string) {
  const [, year, month, day] = FORM.exec(text) ?? [];
  return day === undefined ? undefined : { year: Number(year), month: Number(month), day: Number(day) };
}

function existsIn(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const format = (year: number, month: number, day: number): Day =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
