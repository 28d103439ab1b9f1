import { DomainError, isDay, isOdsCode, type Day } from '@homeward/kernel';
import { dueDay } from '../deadline';
import { dueInstant } from '../hours';
import { holdsOn, ruleOf } from './catalogue';
import { KINDS, type Kind, type Version } from './rule';

/** What an integrated care board decided for its area, in place of what is not law. */
export interface Override {
  icb: string;
  rule: string;
  /** The first day, and the last; null until it is decided again. */
  from: Day;
  until: Day | null;
  kind: Kind;
  length: string;
  /** Where the board decided it. */
  source: string;
}

const FIELDS = ['icb', 'rule', 'from', 'until', 'kind', 'length', 'source'];

/** What a file of overrides says, checked as a whole: one that cannot be kept to is refused with all that is wrong in it. */
export function readOverrides(read: unknown): Override[] {
  if (!Array.isArray(read)) throw new RangeError('Overrides are a list: begin each with "- icb:"');
  const wrong: string[] = [];
  const overrides = read.flatMap((entry: unknown, at) => {
    try {
      return [readOverride(entry)];
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof DomainError)) throw error;
      wrong.push(`Override ${at + 1}: ${error.message}`);
      return [];
    }
  });
  wrong.push(...overlapping(overrides));
  if (wrong.length > 0) throw new RangeError(wrong.join('\n'));
  return overrides;
}

/** What a board decided of a rule for a day, as a version of that rule: of the boards' decisions only its own are given. */
export function decidedVersion(ofBoard: readonly Override[], rule: string, day: Day): Version | undefined {
  const own = ofBoard.find((one) => one.rule === rule && holdsOn(one, day));
  if (!own) return undefined;
  const { icb: authority, from, until, source, kind, length } = own;
  return { from, until, standing: 'local-example', authority, source, kind, length };
}

/** The override of a board that holds on a day. */
export const overrideOn = (overrides: readonly Override[], icb: string, rule: string, day: Day): Override | undefined =>
  overrides.find((one) => one.icb === icb && one.rule === rule && holdsOn(one, day));

function readOverride(entry: unknown): Override {
  if (typeof entry !== 'object' || entry === null) throw new RangeError(`it has no fields: write ${FIELDS.join(', ')}`);
  const unknown = Object.keys(entry).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined)
    throw new RangeError(`"${unknown}" is no field: leave it out; they are ${FIELDS.join(', ')}`);
  const { until = null, ...fields } = entry as Record<string, unknown>;
  for (const field of FIELDS.filter((name) => name !== 'until')) {
    if (typeof fields[field] !== 'string' || fields[field] === '')
      throw new RangeError(`"${field}" is missing, or no text`);
  }
  const override = { ...fields, until } as unknown as Override;
  mayStand(override);
  return override;
}

function mayStand({ icb, rule, from, until, kind, length }: Override): void {
  if (!isOdsCode(icb)) throw new RangeError('"icb" is no organisation code: write one such as QZ1');
  if (ruleOf(rule).versions.some(({ standing }) => standing === 'law')) {
    throw new RangeError(`${rule} is law, which a board cannot change: leave the override out`);
  }
  if (!isDay(from)) throw new RangeError('"from" is no day of the calendar: write 2026-12-14');
  if (until !== null && (typeof until !== 'string' || !isDay(until) || until < from)) {
    throw new RangeError('"until" is no day from "from" on: write its last day, or leave it out');
  }
  if (!(KINDS as readonly unknown[]).includes(kind))
    throw new RangeError(`"kind" is none that is counted: write ${KINDS.join(', ')}`);
  // Counted once, from any day, to see that the two go together.
  if (kind === 'HOURS') dueInstant(length, '2026-12-14T10:00:00Z');
  else dueDay(kind, length, '2026-12-14');
}

function overlapping(overrides: readonly Override[]): string[] {
  return overrides.flatMap((one, at) =>
    overrides
      .slice(at + 1)
      .filter((other) => other.icb === one.icb && other.rule === one.rule)
      .filter((other) => holdsOn(one, other.from) || holdsOn(other, one.from))
      .map(
        (other) =>
          `${one.icb} has two overrides of ${one.rule} on ${other.from > one.from ? other.from : one.from}: end one before`,
      ),
  );
}
