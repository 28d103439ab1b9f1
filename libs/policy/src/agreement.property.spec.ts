import * as fc from 'fast-check';
import {
  walkDays,
  walkDaysIncluding,
  walkMinutes,
  walkMonths,
  walkMonthsIncluding,
  walkWorkingDays,
} from './day-by-day.fixture';
import { dueDay } from './deadline';
import { dueInstant } from './hours';

const CASES = { numRuns: 2_000 };
const between = (first: string, last: string) =>
  fc.date({ min: new Date(first), max: new Date(last), noInvalidDate: true }).map((date) => date.toISOString());
const days = between('1900-01-01', '2100-12-31').map((instant) => instant.slice(0, 10));
const withKnownBankHolidays = between('1978-01-01', '2035-09-30').map((instant) => instant.slice(0, 10));

/** 2,000 cases of each of five, 10,000 in all. */
describe('a calculator that walks day by day agrees', () => {
  it('on calendar days, after a day and beginning with it', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 1000 }), (from, length) => {
        expect(dueDay('CAL', `P${length}D`, from)).toBe(walkDays(length, from));
        expect(dueDay('CAL_INC', `P${length}D`, from)).toBe(walkDaysIncluding(length, from));
      }),
      CASES,
    );
  });

  it('on months after a day', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 60 }), (from, months) => {
        expect(dueDay('CAL', `P${months}M`, from)).toBe(walkMonths(months, from));
      }),
      CASES,
    );
  });

  it('on months and years beginning with a day', () => {
    fc.assert(
      fc.property(days, fc.nat({ max: 4 }), fc.integer({ min: 1, max: 12 }), (from, years, months) => {
        const due = walkMonthsIncluding(years * 12 + months, from);
        expect(dueDay('CAL_INC', `P${years}Y${months}M`, from)).toBe(due);
      }),
      CASES,
    );
  });

  it('on working days', () => {
    fc.assert(
      fc.property(withKnownBankHolidays, fc.integer({ min: 0, max: 60 }), (from, length) => {
        expect(dueDay('WD', `P${length}D`, from)).toBe(walkWorkingDays(length, from));
      }),
      CASES,
    );
  });

  it('on hours and minutes', () => {
    const instants = between('1970-01-01', '2100-12-31').map((instant) => `${instant.slice(0, 19)}.000000Z`);
    fc.assert(
      fc.property(instants, fc.nat({ max: 200 }), fc.nat({ max: 59 }), (from, hours, minutes) => {
        expect(dueInstant(`PT${hours}H${minutes}M`, from)).toBe(walkMinutes(hours * 60 + minutes, from));
      }),
      CASES,
    );
  });
});
