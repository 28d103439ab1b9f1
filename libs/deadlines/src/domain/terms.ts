import { addDays, endOfDay, instantOf, londonDate, type Day } from '@homeward/kernel';
import {
  dueDay,
  dueInstant,
  isNationalRequirement,
  ladderOf,
  decidedVersion,
  ruleOf,
  versionOn,
  warningDays,
  warningInstant,
  type Override,
  type Standing,
  type Version,
} from '@homeward/policy';

/** By when, by which rule, and who is told before and after. */
export interface Terms extends Moment {
  rule: string;
  /** The first day of the rule as it was applied. */
  ruleFrom: Day | null;
  authority: string;
  standing: Standing;
  steps: Step[];
}

export interface Moment {
  due: Date;
  dueOn: Day | null;
}

/** A warning, or a rung of the ladder. */
export interface Step extends Moment {
  step: string;
}

export const WARNING = 'warning';

/**
 * A rule, as it is on the day something starts. `agreed` is an earlier day that somebody set, `decided` what the board of
 * the person's home decided. Undefined for law that has not commenced: nothing is late by it (dsr-cetr §4).
 */
export function termsOf(
  rule: string,
  startsAt: Date,
  agreed?: Day,
  decided: readonly Override[] = [],
): Terms | undefined {
  const version = versionFor(rule, startsAt, decided);
  const { from: ruleFrom, authority, standing } = version;
  if (version.notCommenced) return undefined;
  const by = momentOf(version, startsAt);
  const end = agreed !== undefined && agreed < (by.dueOn ?? '') ? dayEnds(agreed) : by;
  return { rule, ruleFrom, authority, standing, ...end, steps: stepsOf(rule, version, startsAt, end, decided) };
}

/** What a board decided stands in the rule's place; beside what is required nationally the earlier one acts (DEC-20). */
function versionFor(rule: string, at: Date, decided: readonly Override[]): Version {
  const day = londonDate(at);
  const version = versionOn(ruleOf(rule), day);
  if (!version) throw new RangeError(`${rule} does not hold on ${day}`);
  const own = decidedVersion(decided, rule, day);
  if (!own || version.notCommenced) return version;
  const isLater = momentOf(own, at).due >= momentOf(version, at).due;
  return isNationalRequirement(version) && isLater ? version : own;
}

function momentOf({ kind, length }: Pick<Version, 'kind' | 'length'>, from: Date): Moment {
  if (kind === 'HOURS') return { due: new Date(dueInstant(length, instantOf(from))), dueOn: null };
  return dayEnds(dueDay(kind, length, londonDate(from)));
}

const dayEnds = (day: Day): Moment => ({ due: new Date(endOfDay(day)), dueOn: day });

/** In the order in which they are reached. */
function stepsOf(
  rule: string,
  { standing }: Version,
  startsAt: Date,
  { due, dueOn }: Moment,
  decided: readonly Override[],
): Step[] {
  const warnings =
    dueOn === null
      ? [new Date(warningInstant(rule, instantOf(startsAt), instantOf(due)))]
      : warningDays(standing, londonDate(startsAt), dueOn).map(beginningOf);
  const last = dueOn === null ? due : beginningOf(dueOn);
  const rungs = ladderOf(rule).map((rung) => ({ step: rung, ...momentOf(versionFor(rung, last, decided), last) }));
  return [...warnings.map((at) => ({ step: WARNING, due: at, dueOn: null })), ...rungs];
}

const beginningOf = (day: Day): Date => new Date(endOfDay(addDays(day, -1)));
