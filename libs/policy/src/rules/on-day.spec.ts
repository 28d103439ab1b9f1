import type { Override } from './overrides';
import { rulesOn } from './on-day';

const DAY = '2026-12-14';
const decided: Override = {
  icb: 'QZ1',
  rule: 'T-16',
  from: '2026-04-01',
  until: '2027-03-31',
  kind: 'WD',
  length: 'P10D',
  source: 'Board paper 14',
};
const one = (id: string, day = DAY, overrides: Override[] = [], icb?: string) =>
  rulesOn(day, overrides, icb).find((rule) => rule.id === id);

describe('the rules on a day', () => {
  it('has each id once', () => {
    const ids = rulesOn(DAY).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has the version of that day: a text that was replaced is shown as such on its days alone', () => {
    expect(one('T-06', '2020-01-01')).toMatchObject({ standing: 'superseded', until: '2023-04-30' });
    expect(one('T-06')).toMatchObject({ standing: 'local-example', from: '2023-05-01' });
  });

  it('shows law that has not commenced as no requirement, and nothing but law and national policy as one', () => {
    expect(one('T-01')).toMatchObject({ standing: 'law', inForce: false, isNationalRequirement: false });
    const required = rulesOn(DAY).filter((rule) => rule.isNationalRequirement);
    expect(required.length).toBeGreaterThan(0);
    for (const { standing } of required) expect(['law', 'national-policy']).toContain(standing);
  });

  it('says the number in words', () => expect(one('T-22')?.says).toContain('within 5 working days'));

  it('adds what boards decided for that day, of all boards or of one', () => {
    const other = { ...decided, icb: 'QZ2' };
    expect(one('T-16', DAY, [decided, other])?.decided).toEqual([decided, other]);
    expect(one('T-16', DAY, [decided, other], 'QZ2')?.decided).toEqual([other]);
    expect(one('T-16', '2027-04-01', [decided])?.decided).toEqual([]);
    expect(one('T-22', DAY, [decided])?.decided).toEqual([]);
  });
});
