import { addDays, isDay, londonDate, monthsLater } from './day';

describe('a day of the calendar', () => {
  const none = ['2023-02-29', '2023-13-01', '2023-00-10', '2023-04-31', '23-04-01', '2023-4-1', ' 2023-04-01', ''];
  it.each(none)('is not "%s"', (text) => expect(isDay(text)).toBe(false));

  it.each(['2024-02-29', '2000-02-29', '1899-12-31'])('is %s', (text) => expect(isDay(text)).toBe(true));

  it('begins at midnight in London', () => {
    expect(londonDate(new Date('2026-07-01T23:30:00Z'))).toBe('2026-07-02');
    expect(londonDate(new Date('2026-12-01T23:30:00Z'))).toBe('2026-12-01');
  });

  it('is followed by the next one also when the clocks change', () => {
    expect(addDays('2027-03-27', 1)).toBe('2027-03-28');
    expect(addDays('2027-03-28', 1)).toBe('2027-03-29');
    expect(addDays('2027-10-31', 1)).toBe('2027-11-01');
  });

  it.each([
    ['2027-01-15', 1, { corresponding: '2027-02-15', last: '2027-02-28' }],
    ['2027-01-31', 1, { corresponding: undefined, last: '2027-02-28' }],
    ['2027-12-31', 2, { corresponding: undefined, last: '2028-02-29' }],
    ['2028-02-29', 12, { corresponding: undefined, last: '2029-02-28' }],
    ['2028-02-29', 48, { corresponding: '2032-02-29', last: '2032-02-29' }],
    ['2027-05-31', 0, { corresponding: '2027-05-31', last: '2027-05-31' }],
  ])('%s has in %d months its corresponding day, or none', (day, months, later) => {
    expect(monthsLater(day, months)).toEqual(later);
  });
});
