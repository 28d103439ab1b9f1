import { formatMicros, isDay, parseMicros, type Instant } from '@homeward/kernel';
import { parseLength } from './length';

const FORM = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const END_OF_CALENDAR = parseMicros('9999-12-31T23:59:59.999999Z');

/**
 * `HOURS`: the instant by which it is due, so many hours on the clock after `from`. They are hours that passed: 72 hours over
 * the night when the clocks go forward end an hour later by the clock on the wall, and none is won or lost.
 */
export function dueInstant(length: string, from: Instant): Instant {
  const parsed = parseLength(length);
  if (!('micros' in parsed)) {
    throw new RangeError('"length" has days, and HOURS counts on the clock: write PT72H, or count as CAL');
  }
  const due = microsOf(from) + parsed.micros;
  if (due > END_OF_CALENDAR) {
    throw new RangeError('"length" reaches beyond the calendar of four-digit years: write a shorter one');
  }
  return formatMicros(due);
}

/** Without an offset nobody knows which of two hours is meant in the night when the clocks go back. */
function microsOf(instant: Instant): bigint {
  const [, day = ''] = FORM.exec(instant) ?? [];
  if (!isDay(day)) throw new RangeError('"from" is no instant with its offset: write 2026-12-24T10:00:00Z');
  return parseMicros(instant);
}
