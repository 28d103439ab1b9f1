import { dueDay, type DayKind } from './deadline';

/** Computed by hand, with a calendar on the table. */
const BY_HAND: [kind: DayKind, length: string, from: string, due: string, why: string][] = [
  ['CAL', 'P14D', '2026-12-14', '2026-12-28', 'the day it starts from is day 0'],
  ['CAL', 'P0D', '2026-12-14', '2026-12-14', 'no days: the day itself'],
  ['CAL', 'P2W', '2026-12-14', '2026-12-28', 'a week is seven days'],
  ['CAL', 'P7D', '2026-12-19', '2026-12-26', 'a Saturday, and no bank holiday either, moves nothing'],
  ['CAL', 'P28D', '2028-02-01', '2028-02-29', 'a leap year has one day more'],
  ['CAL', 'P28D', '2027-02-01', '2027-03-01', '… and others have not'],
  ['CAL', 'P1D', '2027-03-27', '2027-03-28', 'the clocks go forward on the 28th'],
  ['CAL', 'P1D', '2027-03-28', '2027-03-29', '… which has 23 hours'],
  ['CAL', 'P1D', '2027-10-31', '2027-11-01', 'the clocks go back on the 31st, which has 25'],
  ['CAL', 'P1M', '2027-01-31', '2027-02-28', 'February has no 31st: its last day'],
  ['CAL', 'P1M', '2028-01-30', '2028-02-29', '… in a leap year the 29th'],
  ['CAL', 'P1M', '2027-02-28', '2027-03-28', 'the last day of a short month is its 28th all the same'],
  ['CAL', 'P6M', '2027-08-31', '2028-02-29', 'over the end of a year'],
  ['CAL', 'P1Y', '2028-02-29', '2029-02-28', 'a year after a leap day'],
  ['CAL', 'P4Y', '2028-02-29', '2032-02-29', '… and after four'],
  ['CAL', 'P1Y1M', '2028-02-29', '2029-03-29', 'thirteen months, clamped once and not twice'],
  ['CAL', 'P1M14D', '2027-01-31', '2027-03-14', 'months first, then days'],
  ['CAL', 'P100Y', '1900-02-28', '2000-02-28', '1900 was no leap year, 2000 was one'],
  ['CAL_INC', 'P1D', '2026-12-14', '2026-12-14', 'one day beginning with it is the day itself'],
  ['CAL_INC', 'P14D', '2026-12-14', '2026-12-27', 'thirteen days after: a Sunday does not roll forward'],
  ['CAL_INC', 'P7D', '2026-12-25', '2026-12-31', 'over Christmas'],
  ['CAL_INC', 'P1M', '2027-03-01', '2027-03-31', 'from the first to the last day of the month'],
  ['CAL_INC', 'P1M', '2027-01-15', '2027-02-14', 'the day before the corresponding date'],
  ['CAL_INC', 'P1M', '2027-01-31', '2027-02-28', 'there is no 31st: the last day'],
  ['CAL_INC', 'P1M', '2027-01-29', '2027-02-28', 'there is no 29th: the last day'],
  ['CAL_INC', 'P1M', '2028-01-29', '2028-02-28', '… but in a leap year there is, and the day before ends it'],
  ['CAL_INC', 'P1M', '2027-02-28', '2027-03-27', 'from the last day of February'],
  ['CAL_INC', 'P12M', '2027-01-01', '2027-12-31', 'a calendar year'],
  ['CAL_INC', 'P1Y', '2027-03-01', '2028-02-29', 'ends on a leap day'],
  ['CAL_INC', 'P1Y', '2028-02-29', '2029-02-28', 'a year beginning with a leap day'],
  ['CAL_INC', 'P4Y', '2028-02-29', '2032-02-28', '… and four years'],
  ['CAL_INC', 'P2W', '2026-12-14', '2026-12-27', 'two weeks are fourteen days'],
  ['CAL_INC', 'P1M1D', '2027-01-15', '2027-02-15', 'a month, then a day'],
  ['WD', 'P1D', '2027-03-25', '2027-03-30', 'over Easter: Good Friday, the weekend, Easter Monday'],
  ['WD', 'P1D', '2026-12-24', '2026-12-29', 'Boxing Day is a Saturday in 2026, kept on Monday the 28th'],
  ['WD', 'P1D', '2027-12-24', '2027-12-29', 'Christmas is a Saturday in 2027: Monday and Tuesday stand in'],
  ['WD', 'P1D', '2022-12-23', '2022-12-28', 'Christmas was a Sunday in 2022: kept on Tuesday, after Boxing Day'],
  ['WD', 'P1D', '2021-12-31', '2022-01-04', 'New Year on a Saturday was kept on Monday'],
  ['WD', 'P2D', '2022-06-01', '2022-06-07', 'the jubilee: two days, a weekend'],
  ['WD', 'P1D', '2022-09-16', '2022-09-20', 'the funeral of the Queen'],
  ['WD', 'P1D', '2023-05-05', '2023-05-09', 'the coronation'],
  ['WD', 'P1D', '2020-05-07', '2020-05-11', 'early May was kept on Friday the 8th in 2020 …'],
  ['WD', 'P1D', '2020-05-01', '2020-05-04', '… and not on Monday the 4th'],
  ['WD', 'P5D', '2026-11-28', '2026-12-04', 'from a Saturday, Monday is day 1'],
  ['WD', 'P1D', '2026-11-29', '2026-11-30', '… and from a Sunday'],
  ['WD', 'P1D', '2026-12-25', '2026-12-29', 'from a bank holiday'],
];

describe('a deadline in days', () => {
  it.each(BY_HAND)('%s %s from %s is %s: %s', (kind, length, from, due) => {
    expect(dueDay(kind, length, from)).toBe(due);
  });

  const from = '2026-12-14';
  it.each<[DayKind, string, string, RegExp]>([
    ['CAL', 'P14D', '2027-02-29', /"from" is no day of the calendar: write 2026-12-14/],
    ['CAL', 'P14D', '2026-12-14T10:00:00Z', /"from" is no day/],
    ['CAL', 'P14D', '14/12/2026', /"from" is no day/],
    ['CAL', 'P', from, /"length" is no ISO 8601 duration.*write P14D/],
    ['CAL', 'P1.5D', from, /in whole numbers/],
    ['CAL', 'P-1D', from, /"length" is no/],
    ['CAL', 'P1DT12H', from, /"length" is no/],
    ['CAL', '14D', from, /"length" is no/],
    ['CAL', 'PT72H', from, /"length" has hours, and CAL counts days: write P3D/],
    ['WD', 'P1M', from, /"length" has more than days, and WD counts in days alone: write P10D/],
    ['WD', 'P2W', from, /WD counts in days alone/],
    ['CAL_INC', 'P0D', from, /"length" is nothing.*write P1D/],
    ['CAL', 'P9000Y', from, /"length" reaches beyond the calendar/],
    ['CAL_INC', 'P999999Y', from, /"length" reaches beyond the calendar/],
    ['WD', 'P9999D', from, /Bank holidays are known from 1978-01-01 to 2035-12-31/],
    ['WD', 'P1D', '1977-12-30', /Bank holidays are known/],
  ])('%s %s from %s is refused, saying what is wrong and what to do', (kind, length, day, said) => {
    expect(() => dueDay(kind, length, day)).toThrow(said);
  });
});
