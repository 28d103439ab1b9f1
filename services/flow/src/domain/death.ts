import { formatMicros, londonDate, parseMicros, type Instant } from '@homeward/kernel';

/**
 * The instant at which responsibility ends. Of a day alone it is the end of that day in London, so that what happened on
 * the day still counts, but not later than when it was told.
 */
export function endsAt(occurred: Instant | string, recordedAt: Instant): Instant {
  if (occurred.length > '2026-11-25'.length) return formatMicros(parseMicros(occurred));
  const recorded = formatMicros(parseMicros(recordedAt));
  const midnight = endOfDay(occurred);
  return midnight < recorded ? midnight : recorded;
}

const HOUR = 3_600_000;

function endOfDay(day: string): Instant {
  const inWinter = Date.parse(day) + 24 * HOUR;
  const inSummer = inWinter - HOUR;
  const midnight = londonDate(new Date(inSummer)) > day ? inSummer : inWinter;
  return formatMicros(BigInt(midnight) * 1000n);
}
