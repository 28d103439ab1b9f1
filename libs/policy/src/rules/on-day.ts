import type { Day } from '@homeward/kernel';
import { holdsOn, isNationalRequirement, RULES, versionOn } from './catalogue';
import { sentence } from './explain';
import type { Override } from './overrides';
import type { Rule, Version } from './rule';

/** A rule as it is on one day, and what boards decided for that day. */
export interface RuleOnDay extends Omit<Version, 'notCommenced'> {
  id: string;
  /** What it asks for, in words. */
  says: string;
  /** Counted back from what it comes before. */
  before: boolean;
  /** False for law that is enacted and has not commenced: it asks for nothing yet. */
  inForce: boolean;
  /** Only law in force and national policy may be shown as one. */
  isNationalRequirement: boolean;
  decided: Override[];
}

/** Every rule that holds on a day; with the decisions of all boards, or of one. */
export function rulesOn(day: Day, overrides: readonly Override[] = [], icb?: string): RuleOnDay[] {
  const decided = overrides.filter((one) => holdsOn(one, day) && (icb === undefined || one.icb === icb));
  return RULES.flatMap((rule) => {
    const version = versionOn(rule, day);
    return version ? [ruleOnDay(rule, version, decided)] : [];
  });
}

function ruleOnDay(rule: Rule, version: Version, decided: Override[]): RuleOnDay {
  const { notCommenced, ...known } = version;
  return {
    id: rule.id,
    says: sentence(rule, version),
    ...known,
    before: rule.before === true,
    inForce: !notCommenced,
    isNationalRequirement: isNationalRequirement(version),
    decided: decided.filter((one) => one.rule === rule.id),
  };
}
