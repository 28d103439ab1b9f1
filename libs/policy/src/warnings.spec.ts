import { ladderOf } from './ladders';
import { ruleOf } from './rules/catalogue';
import { warningDays, warningInstant } from './warnings';

describe('who is warned, and when (TIM-01, dsr-cetr §7)', () => {
  it('of what is required: at half, at three quarters, and three days and one day before', () => {
    // 28 days from a Monday to a Monday: day 14, day 21, the Friday and, for the Sunday, the Friday once more.
    expect(warningDays('law', '2026-11-02', '2026-11-30')).toEqual([
      ...['2026-11-16', '2026-11-23', '2026-11-27', '2026-11-29'],
    ]);
  });

  it('of anything else: once a quarter is left', () => {
    expect(warningDays('our-default', '2026-11-25', '2026-12-02')).toEqual(['2026-12-01']);
  });

  it('never on a day alone on which nobody works', () => {
    expect(warningDays('our-default', '2026-12-18', '2026-12-27')).toEqual(['2026-12-24', '2026-12-25']);
  });

  it('not on the day on which it begins: then on the last', () => {
    expect(warningDays('our-default', '2026-11-25', '2026-11-26')).toEqual(['2026-11-26']);
  });

  it('by the hour: near the end, or as its own rule says (INP-04)', () => {
    expect(warningInstant('C1.emergency', '2026-11-25T09:00:00Z', '2026-11-25T09:30:00Z')).toBe(
      '2026-11-25T09:22:30.000000Z',
    );
    expect(warningInstant('INP-04', '2026-11-25T09:00:00Z', '2026-11-28T09:00:00Z')).toBe(
      '2026-11-27T09:00:00.000000Z',
    );
  });

  it('each rung of a ladder is a rule (TRF-07)', () => {
    for (const priority of ['emergency', 'very-urgent', 'urgent', 'routine']) {
      const rungs = ladderOf(`TRF.response.${priority}`);
      expect(rungs.length).toBeGreaterThan(1);
      for (const rung of rungs) expect(ruleOf(rung).versions).toHaveLength(1);
    }
    expect(ladderOf('C1.soon')).toEqual([]);
  });
});
