import { formatMicros, parseMicros, type Instant } from './instant';
import { londonDate } from './day';

const HOUR = 3_600_000;

/**
 * The instant by which something had happened that is told with an instant or a day. Of a day alone it is the end of that
 * day in London, so that what else happened on the day still counts, but not later than when it was told.
 */
export function happenedBy(occurred: Instant | string, recordedAt: Instant): Instant {
  if (occurred.length > '2026-11-25'.length) return formatMicros(parseMicros(occurred));
  const recorded = formatMicros(parseMicros(recordedAt));
  const midnight = endOfDay(occurred);
  return midnight < recorded ? midnight : recorded;
}

/** The instant at which the next day begins in London. */
export function endOfDay(day: string): Instant {
  const inWinter = Date.parse(day) + 24 * HOUR;
  const inSummer = inWinter - HOUR;
  const midnight = londonDate(new Date(inSummer)) > day ? inSummer : inWinter;
  return formatMicros(BigInt(midnight) * 1000n);
}
