/**
 * Instants of events are ISO 8601 in UTC with six fraction digits. A JavaScript Date holds milliseconds only,
 * and two facts of one stream may be a microsecond apart, so instants travel as text and are counted as bigint.
 */
export type Instant = string;

const MICROS_IN_SECOND = 1_000_000n;

export function formatMicros(micros: bigint): Instant {
  // BigInt's remainder has the sign of what is divided: before 1970 it would be negative.
  const rest = ((micros % MICROS_IN_SECOND) + MICROS_IN_SECOND) % MICROS_IN_SECOND;
  const seconds = (micros - rest) / MICROS_IN_SECOND;
  const fraction = rest.toString().padStart(6, '0');
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

export function parseMicros(instant: Instant): bigint {
  const millis = Date.parse(instant);
  if (Number.isNaN(millis)) throw new RangeError('not an instant');
  const fraction = /\.(\d+)/.exec(instant)?.[1] ?? '';
  const micros = BigInt(fraction.slice(0, 6).padEnd(6, '0') || '0');
  const wholeSeconds = BigInt(Math.floor(millis / 1000));
  return wholeSeconds * MICROS_IN_SECOND + micros;
}

export const instantOf = (date: Date): Instant => formatMicros(BigInt(date.getTime()) * 1000n);
