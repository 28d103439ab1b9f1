import { addDays, formatMicros, isWorkingDay, parseMicros, type Day, type Instant } from '@homeward/kernel';
import { ruleOf, versionOn } from './rules/catalogue';
import { parseLength } from './length';
import type { Standing } from './rules/rule';

/** A quarter of the time is left: ours, for what no text gives a warning for. */
const MOST_OF_IT = 0.75;
/** dsr-cetr §7, of what is required nationally: half of it, three quarters, three days and one day left. */
const HALF = 0.5;
const DAYS_LEFT = [3, 1];
const REQUIRED: readonly Standing[] = ['law', 'national-policy'];

/** Rules that have a warning of their own (flow-staffing §5.3). */
const WARNED_BY: Readonly<Record<string, string>> = {
  'INP-04': 'INP-04.warning',
  'INP-04.suicide-risk': 'INP-04.warning',
};

/**
 * The days on which somebody is warned of a last day, each from its beginning on. Never on a day alone on which nobody
 * works: then also on the last working day before (TIM-01, dsr-cetr §7).
 */
export function warningDays(standing: Standing, from: Day, due: Day): Day[] {
  const length = (Date.parse(due) - Date.parse(from)) / 86_400_000;
  const into = (share: number): Day => addDays(from, Math.ceil(length * share));
  const bands = REQUIRED.includes(standing)
    ? [into(HALF), into(MOST_OF_IT), ...DAYS_LEFT.map((left) => addDays(due, -left))]
    : [into(MOST_OF_IT)];
  const days = bands.flatMap((day) => [day, lastWorkingDayTo(day)]);
  return [...new Set(days)].filter((day) => from < day && day <= due).sort();
}

function lastWorkingDayTo(day: Day): Day {
  let at = day;
  while (!isWorkingDay(at)) at = addDays(at, -1);
  return at;
}

/** The instant at which somebody is warned of what is due by the hour: by a warning of its own, else near the end. */
export function warningInstant(rule: string, from: Instant, due: Instant): Instant {
  const [begin, end] = [parseMicros(from), parseMicros(due)];
  const warning = WARNED_BY[rule];
  const version = warning === undefined ? undefined : versionOn(ruleOf(warning), from.slice(0, 10));
  const before = version && parseLength(version.length);
  if (before && 'micros' in before) return formatMicros(end - before.micros);
  return formatMicros(begin + ((end - begin) * BigInt(MOST_OF_IT * 100)) / 100n);
}
