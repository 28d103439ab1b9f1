import { addDays, londonDate, type Day, type Instant } from '@homeward/kernel';
import { dueDay } from '../deadline';
import { dueInstant } from '../hours';
import { parseLength } from '../length';
import { ACCESS } from './access';
import { CARE_AND_STAFFING } from './care-and-staffing';
import { REGISTER_AND_REVIEWS } from './register-and-reviews';
import type { Rule, Version } from './rule';

/** Every rule that sets a deadline. */
export const RULES: readonly Rule[] = [...REGISTER_AND_REVIEWS, ...CARE_AND_STAFFING, ...ACCESS];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

export function ruleOf(id: string): Rule {
  const rule = byId.get(id);
  if (!rule) throw new RangeError(`"${id}" is no rule: write one of ${[...byId.keys()].join(', ')}`);
  return rule;
}

/** Between `from` and `until`, both included: codes of boards change, and what they decided has its days (L-8). */
export const holdsOn = ({ from, until }: { from: Day | null; until: Day | null }, day: Day): boolean =>
  (from === null || from <= day) && (until === null || day <= until);

/** The rule as it is on a day (L-6); undefined when there is none on it. */
export const versionOn = (rule: Rule, day: Day): Version | undefined =>
  rule.versions.find((version) => holdsOn(version, day));

/** The last day by a rule that counts in days, as the rule is on the day it starts from. */
export function dueBy(id: string, from: Day): Day {
  const version = versionOn(ruleOf(id), from);
  if (!version || version.kind === 'HOURS' || ruleOf(id).before)
    throw new RangeError(`${id} counts no days from ${from}`);
  return dueDay(version.kind, version.length, from);
}

/** The day so long before another one, by a rule that counts days back from it. */
export function dayBefore(id: string, day: Day): Day {
  const version = versionOn(ruleOf(id), day);
  const length = version && parseLength(version.length);
  if (!length || 'micros' in length || length.months > 0 || !ruleOf(id).before)
    throw new RangeError(`${id} counts no days back from ${day}`);
  return addDays(day, -(length.weeks * 7 + length.days));
}

/** The instant by a rule that counts in hours, as the rule is on the day of the instant it starts from. */
export function dueAt(id: string, from: Instant): Instant {
  const day = londonDate(new Date(from));
  const version = versionOn(ruleOf(id), day);
  if (version?.kind !== 'HOURS' || ruleOf(id).before) throw new RangeError(`${id} counts no hours from ${day}`);
  return dueInstant(version.length, from);
}

/** Only law that is in force, and national policy (L-1, L-2, L-3). Nothing else may be shown as one. */
export const isNationalRequirement = ({ standing, notCommenced }: Version): boolean =>
  (standing === 'law' && !notCommenced) || standing === 'national-policy';
