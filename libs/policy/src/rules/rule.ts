import type { Day } from '@homeward/kernel';
import { DAY_KINDS } from '../deadline';

export const KINDS = [...DAY_KINDS, 'HOURS'] as const;
export type Kind = (typeof KINDS)[number];

/** What a rule rests on. Everything below national policy is a setting, of the area or of Homeward, and is shown as one. */
export const STANDINGS = [
  'law',
  'national-policy',
  'national-guidance',
  'superseded',
  'recommendation',
  'local-example',
  'our-default',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** A rule as it is from one day to another. */
export interface Version {
  /** The first day; null where no beginning is known, or where it is ours. */
  from: Day | null;
  /** The last day; null until another version takes over. */
  until: Day | null;
  standing: Standing;
  /** Enacted and not in force: worked out in the shadow, asks for nothing. */
  notCommenced?: true;
  /** Who says so. */
  authority: string;
  /** Where it was read. */
  source: string;
  kind: Kind;
  length: string;
}

export interface Rule {
  /** As in the rulebooks: `T-01`; a case of it after a dot: `T-21.child`. */
  id: string;
  /** A sentence that somebody who leads a team understands; `{length}` stands for the number. */
  says: string;
  /** Due so long before something, and not after. */
  before?: true;
  /** By day, without overlap. */
  versions: readonly Version[];
}

type Value = [kind: Kind, length: string];
type Origin = Pick<Version, 'authority' | 'source'>;

const always = { from: null, until: null };
const one = (id: string, says: string, version: Version): Rule => ({ id, says, versions: [version] });

export const law = (id: string, [kind, length]: Value, says: string, origin: Origin): Rule =>
  one(id, says, { ...always, standing: 'law', notCommenced: true, ...origin, kind, length });

export const national = (
  id: string,
  [kind, length]: Value,
  says: string,
  standing: 'national-policy' | 'national-guidance',
  origin: Origin,
): Rule => one(id, says, { ...always, standing, ...origin, kind, length });

export const local = (id: string, [kind, length]: Value, says: string, origin: Origin): Rule =>
  one(id, says, { ...always, standing: 'local-example', ...origin, kind, length });

/** No text gives the number, or none that is more than custom: ours, until the area sets its own. */
export const ours = (id: string, [kind, length]: Value, says: string, source: string): Rule =>
  one(id, says, { ...always, standing: 'our-default', authority: 'Homeward', source, kind, length });

export const before = (rule: Rule): Rule => ({ ...rule, before: true });

/** The policy of 2023 replaced that of 2017 on this day (dsr-cetr §0.2). */
const POLICY_2023: Day = '2023-05-01';
const LAST_DAY_OF_2017: Day = '2023-04-30';
const OF_2017: Origin = {
  authority: 'NHS England, policy of 2017',
  source: 'https://www.england.nhs.uk/learning-disabilities/care/ctr/ctr-policy-changes/',
};

/** In the text of 2017, and since 2023 as an area restates it; without one it is ours that the number is kept. */
export function since2017(id: string, length: string, says: string, restated?: Origin): Rule {
  const value = { kind: 'CAL', length } as const;
  const kept = {
    authority: 'Homeward',
    source: 'The number in the policy of 2023 is not known: that of 2017 is kept.',
  };
  const now = restated
    ? ({ standing: 'local-example', ...restated } as const)
    : ({ standing: 'our-default', ...kept } as const);
  return {
    id,
    says,
    versions: [
      { from: null, until: LAST_DAY_OF_2017, standing: 'superseded', ...OF_2017, ...value },
      { from: POLICY_2023, until: null, ...now, ...value },
    ],
  };
}
