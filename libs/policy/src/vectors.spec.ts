import { dueDay } from './deadline';
import { applicableDay, firstMeetingDue, reportDue, reviewPeriod, reviewRoute, type Power } from './part-8a';

/** The cases of dsr-cetr §7.1, in its order. */
describe('the vectors of the rulebook', () => {
  it('1: 125A, applicable on Monday 14 December 2026, ends on a Sunday and does not roll (MHA-06, T-01)', () => {
    expect(firstMeetingDue('125A', '2026-12-14')).toBe('2026-12-27');
  });

  it('2: 125B, applicable on Monday 14 December 2026 (MHA-06, T-02)', () => {
    expect(firstMeetingDue('125B', '2026-12-14')).toBe('2027-01-10');
  });

  it('3: 125A, applicable on Saturday 20 March 2027, over Easter (MHA-06, T-01)', () => {
    expect(firstMeetingDue('125A', '2027-03-20')).toBe('2027-04-02');
  });

  it('4: 125B, applicable on Monday 21 December 2026 (MHA-06, T-02)', () => {
    expect(firstMeetingDue('125B', '2026-12-21')).toBe('2027-01-17');
  });

  it('5: a report after a meeting on Friday 18 December 2026: ten working days would be too late (MHA-05, T-04)', () => {
    expect(reportDue('2026-12-18')).toBe('2026-12-31');
    expect(dueDay('WD', 'P10D', '2026-12-18')).toBe('2027-01-06');
    expect(dueDay('CAL', 'P14D', '2026-12-18')).toBe('2027-01-01');
  });

  it('6: a report after a meeting on Thursday 18 March 2027 (MHA-05, T-04)', () => {
    expect(reportDue('2027-03-18')).toBe('2027-03-31');
    expect(dueDay('WD', 'P10D', '2027-03-18')).toBe('2027-04-05');
  });

  it('7: a meeting on 9 January 2028 counts for the second twelve months alone (MHA-07, T-03)', () => {
    const first = { number: 1, from: '2027-01-08', until: '2028-01-07' };
    const second = { number: 2, from: '2028-01-08', until: '2029-01-07' };
    expect(reviewPeriod('2027-01-08', '2027-01-08')).toEqual(first);
    expect(reviewPeriod('2027-01-08', '2028-01-07')).toEqual(first);
    expect(reviewPeriod('2027-01-08', '2028-01-08')).toEqual(second);
    expect(reviewPeriod('2027-01-08', '2028-01-09')).toEqual(second);
  });

  it('8: a first meeting on a leap day (MHA-07, T-03)', () => {
    expect(reviewPeriod('2028-02-29', '2029-02-28')).toEqual({ number: 1, from: '2028-02-29', until: '2029-02-28' });
    expect(reviewPeriod('2028-02-29', '2029-03-01')).toMatchObject({ number: 2, from: '2029-03-01' });
  });

  it('9: a child detained on 1 February 2027; the view is formed on the 10th (MHA-08)', () => {
    const applicable = applicableDay([{ section: '2', from: '2027-02-01' }], '2027-02-10');
    expect(applicable).toBe('2027-02-10');
    const route = reviewRoute({ age: 15, hasEhcp: false });
    expect(firstMeetingDue(route, String(applicable))).toBe('2027-02-23');
  });

  it('10: an emergency application, whose second recommendation is received on 3 February (MHA-08)', () => {
    const power: Power = { section: '4', from: '2027-02-01', secondRecommendationOn: '2027-02-03' };
    const applicable = applicableDay([power], '2025-06-01');
    expect(applicable).toBe('2027-02-03');
    const route = reviewRoute({ age: 40, hasEhcp: false });
    expect(firstMeetingDue(route, String(applicable))).toBe('2027-03-02');
  });

  it('11: section 136 alone starts no clock (MHA-01)', () => {
    expect(applicableDay([{ section: '136', from: '2027-02-01' }], '2025-06-01')).toBeNull();
  });

  it('12: an adult of 22 with an education, health and care plan goes by 125A (MHA-01)', () => {
    const route = reviewRoute({ age: 22, hasEhcp: true });
    expect(route).toBe('125A');
    expect(firstMeetingDue(route, '2027-02-01')).toBe('2027-02-14');
  });

  it('13: three months from 30 November 2026', () => {
    expect(dueDay('CAL', 'P3M', '2026-11-30')).toBe('2027-02-28');
  });

  it('14: five working days from Tuesday 22 December 2026', () => {
    expect(dueDay('WD', 'P5D', '2026-12-22')).toBe('2026-12-31');
  });

  it('15: ten working days from Tuesday 22 December 2026', () => {
    expect(dueDay('WD', 'P10D', '2026-12-22')).toBe('2027-01-08');
  });
});
