import { isDay } from '@homeward/kernel';
import * as fc from 'fast-check';
import { ageMilestones } from './age-milestones';
import { addMonths } from './calendar';

const days = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the days on which a person reaches an age (DEC-35)', () => {
  it('fall on the birthday, and half a year after the seventeenth', () => {
    expect(ageMilestones('2010-05-04')).toEqual([
      { age: '14', on: '2024-05-04' },
      { age: '16', on: '2026-05-04' },
      { age: '17', on: '2027-05-04' },
      { age: '17.5', on: '2027-11-04' },
      { age: '18', on: '2028-05-04' },
      { age: '25', on: '2035-05-04' },
      { age: '26', on: '2036-05-04' },
    ]);
  });

  it.each([
    ['somebody born on 29 February reaches 18 on 1 March', '2008-02-29', '18', '2026-03-01'],
    ['… and 16 on 29 February, where the year has one', '2008-02-29', '16', '2024-02-29'],
    ['17½ falls on 1 March for the last days of August', '2000-08-31', '17.5', '2018-03-01'],
    ['17½ may fall in the next year', '2001-12-01', '17.5', '2019-06-01'],
    ['December stays December', '2001-12-31', '18', '2019-12-31'],
  ])('%s', (_, born, age, on) => {
    expect(ageMilestones(born).find((milestone) => milestone.age === age)?.on).toBe(on);
  });

  it('come in the order of the ages, are days of the calendar, and are never reached early', () => {
    fc.assert(
      fc.property(days, (born) => {
        const reached = ageMilestones(born).map(({ on }) => on);
        expect([...reached].sort()).toEqual(reached);
        expect(reached.every(isDay)).toBe(true);
        for (const { age, on } of ageMilestones(born)) {
          const anniversary = `${Number(born.slice(0, 4)) + Math.floor(Number(age))}${born.slice(4)}`;
          expect(on >= anniversary).toBe(true);
        }
      }),
    );
  });
});

it('asks for a birth date that the calendar has', () => {
  expect(() => addMonths('2023-02-29', 1)).toThrow(RangeError);
});
