import { isWorkingDay, NhsNumber } from '@homeward/kernel';
import fc from 'fast-check';
import { calibration, figures } from './calibration';
import { TOLD_AT, type Step } from './life';
import { livesOf, type Plan } from './lives';
import { nhsNumber } from './made-up';

const STANDINGS = ['law', 'national-policy', 'national-guidance', 'superseded', 'recommendation', 'local-example'];
const BEGIN = new Date('2025-11-25T00:00:00Z');
const planOf = (seed: string, people: number, days = 365): Plan => ({ seed, people, days, begin: BEGIN });
const play = (plan: Plan): Step[][] => livesOf(plan, calibration());
const plans = fc.record({
  seed: fc.string(),
  people: fc.integer({ min: 1, max: 30 }),
  days: fc.integer({ min: 10, max: 400 }),
});

describe('a plan of lives', () => {
  it('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(plans, ({ seed, people, days }) => {
        const plan = planOf(seed, people, days);
        expect(play(plan)).toEqual(play(plan));
        if (days > 200) expect(play(plan)).not.toEqual(play({ ...plan, seed: `${seed}x` }));
      }),
      { numRuns: 30 },
    );
  });

  it('does not change a life because others are added', () => {
    expect(play(planOf('1', 40)).slice(0, 11)).toEqual(play(planOf('1', 10)));
  });

  it('tells on working days, one thing after the other, and nothing before it happened', () => {
    fc.assert(
      fc.property(plans, ({ seed, people, days }) => {
        for (const steps of play(planOf(seed, people, days)).slice(1)) {
          const told = steps.map(({ day }) => day);
          expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
          for (const { day, happened } of steps) {
            expect(day).toBeLessThan(days);
            expect(happened).toBeLessThanOrEqual(day + TOLD_AT);
            expect(isWorkingDay(new Date(BEGIN.getTime() + day * 86_400_000).toISOString().slice(0, 10))).toBe(true);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('names nothing that was not made before', () => {
    const lives = play(planOf('names', 300));
    const shared = new Set(lives[0]?.map(({ makes }) => makes));
    for (const steps of lives) {
      const made = new Set(shared);
      for (const { path, body, changes, makes, reads } of steps) {
        if (reads) made.add(reads.name);
        const named = [...path.matchAll(/\{([\w-]+)\}/g), ...JSON.stringify(body).matchAll(/"\$id":"([\w-]+)"/g)];
        for (const [, name] of named) expect(made).toContain(name);
        if (changes) expect(made).toContain(changes);
        if (makes) made.add(makes);
      }
    }
  });
});

describe('a year of 500 people', () => {
  const lives = play(planOf('1', 500)).slice(1);
  const steps = lives.flat();
  const sent = (path: RegExp): Step[] => steps.filter((step) => path.test(step.path));
  const share = (path: RegExp): number =>
    lives.filter((life) => life.some((step) => path.test(step.path))).length / 500;

  it('has more than a quarter of its facts told over a day late', () => {
    const late = steps.filter(({ day, happened }) => day + TOLD_AT - happened > 1);
    expect(late.length / steps.length).toBeGreaterThan(0.25);
  });

  it('is referred as the published figures say: social care first, then general practices, then carers', () => {
    const sources = sent(/^\/referrals$/).map(({ body }) => (body as { sourceCode: string }).sourceCode);
    const times = (code: string) => sources.filter((source) => source === code).length;
    expect(times('C1')).toBeGreaterThan(times('A1'));
    expect(times('A1')).toBeGreaterThan(times('B2'));
    expect(sources.length / 500).toBeGreaterThan(1);
    expect(sources.length / 500).toBeLessThan(1.3);
  });

  it.each([
    ['accepted', /\/referrals\/.*\/accept$/, 0.55, 0.95],
    ['seen for the first time', /\/care-contacts$/, 0.5, 0.95],
    ['rejected', /\/reject$/, 0.05, 0.2],
    ['moved to intensive support', /\/transfers\/.*\/complete$/, 0.03, 0.25],
    ['in hospital', /^\/hospital-stays$/, 0.005, 0.08],
    ['moved home', /\/homes$/, 0.005, 0.1],
    ['registered twice', /\/merge$/, 0.003, 0.04],
    ['died', /\/record-death$/, 0.001, 0.02],
  ])('has people who were %s', (_, path, least, most) => {
    expect(share(path)).toBeGreaterThan(least);
    expect(share(path)).toBeLessThan(most);
  });

  it('has an NHS number for each of its own, of the range that is never issued', () => {
    const numbers = Array.from({ length: 2_000 }, (_, index) => nhsNumber(index));
    expect(new Set(numbers).size).toBe(2_000);
    for (const number of numbers) expect([number.slice(0, 3), NhsNumber.isValid(number)]).toEqual(['999', true]);
  });
});

it('every figure has its source and its standing', () => {
  for (const { source, standing } of Object.values(figures())) {
    expect(source.length).toBeGreaterThan(10);
    expect([...STANDINGS, 'our-default']).toContain(standing);
  }
});
