import { dueDay } from '../deadline';
import { dueInstant } from '../hours';
import { dayBefore, dueBy, isNationalRequirement, ruleOf, RULES, versionOn } from './catalogue';
import { explain } from './explain';
import { overrideOn, readOverrides } from './overrides';
import type { Rule } from './rule';

const TODAY = '2026-12-01';
const now = (rule: Rule) => versionOn(rule, TODAY);

describe('the rules that set deadlines', () => {
  it('have an id each', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    expect(() => ruleOf('T-99')).toThrow(/"T-99" is no rule: write one of T-01, T-02/);
  });

  it.each(RULES)('$id has a sentence, a source, a length that can be counted, and one version a day', (rule) => {
    expect(rule.says).toMatch(/^[A-Z].*\{length\}.*\.$/);
    expect(now(rule)).toBeDefined();
    for (const { authority, source, kind, length } of rule.versions) {
      expect([authority, source]).not.toContain('');
      if (kind === 'HOURS') expect(dueInstant(length, '2026-12-01T10:00:00Z')).toMatch(/Z$/);
      else expect(dueDay(kind, length, TODAY)).toMatch(/^20/);
    }
    rule.versions.slice(1).forEach(({ from }, at) => {
      const { until } = rule.versions[at] ?? {};
      expect(new Date(Date.parse(String(until)) + 86_400_000).toISOString().slice(0, 10)).toBe(from);
    });
  });

  it('are national requirements only as law in force and as national policy', () => {
    const required = RULES.filter((rule) => rule.versions.some(isNationalRequirement)).map(({ id }) => id);
    expect(required).toEqual(['T-20', 'T-21.child', 'T-21.adult', 'INP-04']);
    expect(RULES.filter((rule) => now(rule)?.notCommenced).map(({ id }) => id)).toEqual([
      'T-01',
      'T-02',
      'T-03',
      'T-04',
    ]);
    for (const { id } of RULES) {
      expect([id, explain(id, TODAY).includes('national requirement')]).toEqual([id, required.includes(id)]);
    }
  });

  it('change from one day to the next', () => {
    expect(versionOn(ruleOf('T-05'), '2023-04-30')).toMatchObject({ standing: 'superseded' });
    expect(versionOn(ruleOf('T-05'), '2023-05-01')).toMatchObject({ standing: 'local-example', length: 'P14D' });
  });

  it('count from a day, or say that they do not', () => {
    expect(dueBy('T-21.child', '2026-12-01')).toBe('2027-01-12');
    expect(() => dueBy('T-12', '2026-12-01')).toThrow(/T-12 counts no days/);
    expect(() => dueBy('T-13', '2026-12-01')).toThrow(/T-13 counts no days/);
  });

  it('count back from a day, or say that they do not', () => {
    expect(dayBefore('T-23.renewal', '2027-11-25')).toBe('2027-08-27');
    for (const id of ['T-23', 'T-12', 'INP-04.warning']) expect(() => dayBefore(id, '2027-11-25')).toThrow(RangeError);
  });

  it('hold the twelve months of the law, of which the periods are made (T-03)', () => {
    expect(ruleOf('T-03').versions.map(({ kind, length }) => [kind, length])).toEqual([['CAL_INC', 'P12M']]);
  });
});

const OVERRIDE = {
  icb: 'QZ1',
  rule: 'T-16',
  from: '2026-04-01',
  until: '2027-03-31',
  kind: 'CAL',
  length: 'P21D',
  source: 'Board paper 14',
};

describe('what a board decided', () => {
  it('holds for it, from its first to its last day', () => {
    const overrides = readOverrides([OVERRIDE]);
    expect(overrideOn(overrides, 'QZ1', 'T-16', '2026-04-01')).toEqual(OVERRIDE);
    expect(overrideOn(overrides, 'QZ1', 'T-16', '2027-03-31')).toEqual(OVERRIDE);
    expect(overrideOn(overrides, 'QZ1', 'T-16', '2027-04-01')).toBeUndefined();
    expect(overrideOn(overrides, 'QZ2', 'T-16', '2026-04-01')).toBeUndefined();
  });

  it('may follow on what it decided before, and another board may decide as well', () => {
    const next = { ...OVERRIDE, from: '2027-04-01', until: undefined, length: 'P14D' };
    const overrides = readOverrides([next, OVERRIDE, { ...OVERRIDE, icb: 'QZ2' }]);
    expect(overrideOn(overrides, 'QZ1', 'T-16', '2030-01-01')).toMatchObject({ length: 'P14D', until: null });
  });

  it.each<[string, unknown, RegExp]>([
    ['no list', { icb: 'QZ1' }, /are a list/],
    ['no fields', ['QZ1'], /Override 1: it has no fields/],
    ['an unknown field', [{ ...OVERRIDE, note: 'x' }], /Override 1: "note" is no field: leave it out/],
    ['no source', [{ ...OVERRIDE, source: undefined }], /Override 1: "source" is missing/],
    ['no such board', [{ ...OVERRIDE, icb: 'qz 1' }], /"icb" is no organisation code/],
    ['no such rule', [{ ...OVERRIDE, rule: 'T-99' }], /"T-99" is no rule/],
    ['law', [{ ...OVERRIDE, rule: 'T-01' }], /Override 1: T-01 is law, which a board cannot change/],
    ['no such day', [{ ...OVERRIDE, from: '2026-02-30' }], /"from" is no day/],
    ['an end before the beginning', [{ ...OVERRIDE, until: '2026-03-31' }], /"until" is no day from "from" on/],
    ['no such kind', [{ ...OVERRIDE, kind: 'DAYS' }], /"kind" is none/],
    ['a length of another kind', [{ ...OVERRIDE, kind: 'HOURS' }], /"length" has days/],
    ['more working days than are known', [{ ...OVERRIDE, kind: 'WD', length: 'P9000D' }], /Bank holidays/],
    [
      'the same days twice',
      [OVERRIDE, { ...OVERRIDE, from: '2027-03-31' }],
      /QZ1 has two overrides of T-16 on 2027-03-31/,
    ],
  ])('is refused with %s', (_, read, said) => expect(() => readOverrides(read)).toThrow(said));

  it('is refused with all that is wrong', () => {
    const read = () => readOverrides([{ ...OVERRIDE, icb: '' }, OVERRIDE, { ...OVERRIDE, rule: 'T-02' }]);
    expect(read).toThrow(/^Override 1: "icb" is missing, or no text\nOverride 3: T-02 is law/);
  });
});

describe('a rule in words', () => {
  it('tells of law that has not commenced as of nothing that is required', () => {
    expect(explain('T-01', '2026-12-14')).toBe(`T-01 on 14 December 2026

The first meeting by law about a child, or an adult with an education, health and care plan, is held within 14 days beginning with the day the law counts from.

Law that has not commenced: it is worked out beside the others, and nothing is late by it yet.
Said by: Mental Health Act 1983, s.125A (https://www.legislation.gov.uk/ukpga/2025/33/section/4)
Holds from a day that is not appointed yet.
Counted: Calendar days: the day it starts from is day 1, and weekends and bank holidays count. From 14 December 2026 the last day is 27 December 2026.`);
  });

  it('tells what a board decided in its place', () => {
    const said = explain('T-16', '2026-12-14', 'QZ1', readOverrides([OVERRIDE]));
    expect(said).toContain('A referral to the register is decided within 28 days after it was made.');
    expect(said).toContain('An example of one area; each area decides for itself.');
    expect(said).toContain('QZ1 has decided, in its place: A referral to the register is decided within 21 days');
    expect(said).toContain('Holds from 1 April 2026 until 31 March 2027.');
  });

  it('tells that what is required stays beside what a board decided', () => {
    const earlier = readOverrides([{ ...OVERRIDE, rule: 'INP-04', kind: 'HOURS', length: 'PT48H' }]);
    const said = explain('INP-04', '2026-12-14', 'QZ1', earlier);
    expect(said).toContain('A national requirement: it is national policy.');
    expect(said).toContain(
      'QZ1 has decided, beside it, and the earlier one acts: Somebody sees the person within 48 hours',
    );
  });

  it.each([
    ['T-05', '2023-04-30', 'Holds until 30 April 2023; its first day is not recorded.'],
    ['T-05', '2023-05-01', 'Holds from 1 May 2023 until it is changed.'],
    ['T-12', '2026-12-14', 'Counted: Hours back from what it comes before.'],
    ['C1.emergency', '2026-12-14', 'An emergency is triaged within 30 minutes after receipt.'],
    ['C1.urgent', '2026-12-14', 'An urgent referral is triaged within 1 working day after receipt.'],
  ])('tells of %s on %s: %s', (id, day, said) => expect(explain(id, day)).toContain(said));

  it('tells that a board decided nothing', () => {
    expect(explain('T-22', '2026-12-14', 'QZ1')).toMatch(
      /within 5 working days.*QZ1 has decided nothing else for this day\.$/s,
    );
  });
});
