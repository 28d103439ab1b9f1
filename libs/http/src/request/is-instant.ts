import { formatMicros, isDay, parseMicros, type Instant } from '@homeward/kernel';
import { isRFC3339, ValidateBy } from 'class-validator';

/** Of a field that says when: date, time and offset, of a day that the calendar has and that we may speak of. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: isInstant,
      defaultMessage: () => '$property must be an instant with its offset, such as 2026-11-25T09:00:00Z',
    },
  });

export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || !isRFC3339(value)) return false;
  const year = new Date(value).getUTCFullYear();
  return year >= 1900 && year < 2200 && isDay(value.slice(0, 10));
}

/** The same moment as events carry it: in UTC, with six fraction digits. */
export const toInstant = (text: string): Instant => formatMicros(parseMicros(text));
