/**
 * Reviews by law: Part 8A of the Mental Health Act 1983 as Mental Health Act 2025 s.4 inserts it (dsr-cetr §4). It has not
 * commenced: until then what is computed here is a shadow and never a breach.
 */
import { addDays, type Day } from '@homeward/kernel';
import { dueDay } from './deadline';
import { dueBy } from './rules/catalogue';

/** Section 125A has special educational provision among what is looked at; section 125B has not. */
export type ReviewRoute = '125A' | '125B';

/** MHA-01, MHA-02: a child, or an adult with an education, health and care plan, by 125A; any other adult by 125B. */
export const reviewRoute = ({ age, hasEhcp }: { age: number; hasEhcp: boolean }): ReviewRoute =>
  age < 18 || hasEhcp ? '125A' : '125B';

/** Holding powers and places of safety, which Part 8A leaves out altogether (MHA-01). */
const WITHOUT_A_CLOCK = ['5(2)', '5(4)', '135', '136', '35(4)', '36(3)', '37(4)', '38(4)', '45A(5)'] as const;

/** A power of the Mental Health Act 1983 under which the person is kept in hospital, from a day on. */
export type Power =
  | { section: (typeof WITHOUT_A_CLOCK)[number]; from: Day }
  /** An emergency application counts from its second medical recommendation, once that is received. */
  | { section: '4'; from: Day; secondRecommendationOn: Day | null }
  | { section: '2' | '3' | 'part 3'; from: Day };

/**
 * MHA-08: the day that the first review is counted from, or null while there is none. It is the day on which both hold: the
 * person is liable to be detained under a power that counts, and the responsible commissioner considers them autistic or to
 * have a learning disability. `powers` are those of one unbroken detention: a change of section does not start it again
 * (MHA-13).
 */
export function applicableDay(powers: readonly Power[], viewFormedOn: Day | null): Day | null {
  const [began] = powers.flatMap((power) => countsFrom(power) ?? []).sort();
  if (began === undefined || viewFormedOn === null) return null;
  return began > viewFormedOn ? began : viewFormedOn;
}

function countsFrom(power: Power): Day | null {
  if (power.section === '4') return power.secondRecommendationOn;
  return WITHOUT_A_CLOCK.some((section) => section === power.section) ? null : power.from;
}

/** MHA-06 (T-01, T-02): the last day for the first meeting. */
export const firstMeetingDue = (route: ReviewRoute, applicable: Day): Day =>
  dueBy(route === '125A' ? 'T-01' : 'T-02', applicable);

/** MHA-05 (T-04): the last day for the report to reach those whom the law names. */
export const reportDue = (meeting: Day): Day => dueBy('T-04', meeting);

export interface ReviewPeriod {
  number: number;
  from: Day;
  /** The last day for a further meeting in it. */
  until: Day;
}

/**
 * MHA-07 (T-03): the twelve months in which `day` lies, beginning with the day of the first meeting and then one after the
 * other. The grid stands on the first meeting: one held early or late moves no later period.
 */
export function reviewPeriod(firstMeeting: Day, day: Day): ReviewPeriod {
  if (day < firstMeeting) throw new RangeError('"day" lies before the first meeting: periods begin there');
  const until = (number: number): Day => dueDay('CAL_INC', `P${number * 12}M`, firstMeeting);
  let number = Math.max(1, yearOf(day) - yearOf(firstMeeting));
  while (until(number) < day) number += 1;
  const from = number === 1 ? firstMeeting : addDays(until(number - 1), 1);
  return { number, from, until: until(number) };
}

const yearOf = (day: Day): number => Number(day.slice(0, 4));
