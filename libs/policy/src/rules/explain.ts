import type { Day } from '@homeward/kernel';
import { isNationalRequirement, ruleOf, versionOn, dueBy } from './catalogue';
import { overrideOn, type Override } from './overrides';
import type { Kind, Rule, Standing, Version } from './rule';

const STANDING_IN_WORDS: Record<Standing, string> = {
  law: 'A national requirement: it is law.',
  'national-policy': 'A national requirement: it is national policy.',
  'national-guidance': 'National guidance: it recommends, and an area may decide otherwise.',
  superseded: 'From a text that has been replaced.',
  recommendation: 'Recommended by an evaluation or a report; each area decides for itself.',
  'local-example': 'An example of one area; each area decides for itself.',
  'our-default': 'A setting that Homeward brings along, until the area decides its own.',
};
const NOT_COMMENCED = 'Law that has not commenced: it is worked out beside the others, and nothing is late by it yet.';

const COUNTED: Record<Kind, string> = {
  CAL: 'Calendar days: the day it starts from is day 0, and weekends and bank holidays count.',
  CAL_INC: 'Calendar days: the day it starts from is day 1, and weekends and bank holidays count.',
  WD: 'Working days of England: the day it starts from is day 0, and weekends and bank holidays do not count.',
  HOURS: 'Hours on the clock, day and night.',
};

/** What a rule asks for on a day, and of whom, for somebody who leads a team. */
export function explain(id: string, day: Day, icb?: string, overrides: readonly Override[] = []): string {
  const rule = ruleOf(id);
  const version = versionOn(rule, day);
  const title = `${id} on ${dateInWords(day)}`;
  if (!version) return `${title}\n\nNo such rule holds on this day.`;
  const lines = [
    title,
    '',
    sentence(rule, version),
    '',
    version.notCommenced ? NOT_COMMENCED : STANDING_IN_WORDS[version.standing],
    `Said by: ${version.authority} (${version.source})`,
    span(version),
    ...counting(rule, version, day),
  ];
  if (icb !== undefined) lines.push('', ...decidedBy(icb, rule, version, overrideOn(overrides, icb, id, day)));
  return lines.join('\n');
}

export const sentence = ({ says }: Rule, { kind, length }: { kind: Kind; length: string }): string =>
  says.replace('{length}', lengthInWords(kind, length));

/** How long a rule gives on a day: "5 working days". */
export function lengthOn(id: string, day: Day): string {
  const version = versionOn(ruleOf(id), day);
  if (!version) throw new RangeError(`${id} does not hold on ${day}`);
  return lengthInWords(version.kind, version.length);
}

function counting(rule: Rule, { kind }: Version, day: Day): string[] {
  if (rule.before) return [`Counted: ${kind === 'HOURS' ? 'Hours' : 'Calendar days'} back from what it comes before.`];
  const example =
    kind === 'HOURS' ? '' : ` From ${dateInWords(day)} the last day is ${dateInWords(dueBy(rule.id, day))}.`;
  return [`Counted: ${COUNTED[kind]}${example}`];
}

/** What is required stays: the earliest of law, national policy and the board's own acts (DEC-20, L-7). */
function decidedBy(icb: string, rule: Rule, version: Version, override: Override | undefined): string[] {
  if (!override) return [`${icb} has decided nothing else for this day.`];
  const beside = isNationalRequirement(version) ? 'beside it, and the earlier one acts' : 'in its place';
  return [
    `${icb} has decided, ${beside}: ${sentence(rule, override)}`,
    `Decided in: ${override.source}`,
    span(override),
    ...(rule.before ? [] : [`Counted: ${COUNTED[override.kind]}`]),
  ];
}

function span({ from, until, notCommenced }: Pick<Version, 'from' | 'until' | 'notCommenced'>): string {
  if (notCommenced) return 'Holds from a day that is not appointed yet.';
  const end = `until ${until === null ? 'it is changed' : dateInWords(until)}`;
  return from === null ? `Holds ${end}; its first day is not recorded.` : `Holds from ${dateInWords(from)} ${end}.`;
}

const english = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const dateInWords = (day: Day): string => english.format(new Date(day));

const CALENDAR: Record<string, string> = { Y: 'year', M: 'month', W: 'week', D: 'day' };
const CLOCK: Record<string, string> = { H: 'hour', M: 'minute', S: 'second' };

/** `P14D` as "14 days", of working days "14 working days". */
function lengthInWords(kind: Kind, length: string): string {
  const units = kind === 'HOURS' ? CLOCK : CALENDAR;
  const parts = [...length.matchAll(/(\d+)([A-Z])/g)].map(([, count, letter = '']) => {
    const unit = `${kind === 'WD' ? 'working ' : ''}${units[letter]}`;
    return `${count} ${unit}${count === '1' ? '' : 's'}`;
  });
  return parts.join(' and ');
}
