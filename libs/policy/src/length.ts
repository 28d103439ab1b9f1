/** Counted on the calendar, or on the clock. */
export type Length = Span | { micros: bigint };

export interface Span {
  months: number;
  weeks: number;
  days: number;
}

// Six digits are more than any rule has, and keep every sum exact.
const N = '(\\d{1,6})';
const CALENDAR = new RegExp(`^P(?=\\d)(?:${N}Y)?(?:${N}M)?(?:${N}W)?(?:${N}D)?$`);
const CLOCK = new RegExp(`^PT(?=\\d)(?:${N}H)?(?:${N}M)?(?:${N}S)?$`);

/**
 * Reads an ISO 8601 duration. One that mixes days and hours is refused: a day is not always 24 hours, and which of the two
 * is meant decides when somebody is late.
 */
export function parseLength(text: string): Length {
  const calendar = CALENDAR.exec(text);
  if (calendar) {
    const [years = 0, months = 0, weeks = 0, days = 0] = numbersOf(calendar);
    return { months: years * 12 + months, weeks, days };
  }
  const clock = CLOCK.exec(text);
  if (!clock) {
    throw new RangeError('"length" is no ISO 8601 duration in whole numbers: write P14D, P2W, P3M, P1Y or PT72H');
  }
  const [hours = 0, minutes = 0, seconds = 0] = numbersOf(clock);
  return { micros: BigInt((hours * 60 + minutes) * 60 + seconds) * 1_000_000n };
}

const numbersOf = (match: RegExpExecArray): number[] => match.slice(1).map((digits) => Number(digits ?? 0));
