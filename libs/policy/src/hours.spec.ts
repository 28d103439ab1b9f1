import { dueInstant } from './hours';

describe('a deadline in hours', () => {
  it.each([
    ['PT72H', '2026-12-24T10:00:00Z', '2026-12-27T10:00:00.000000Z', 'three days of 24 hours'],
    ['PT30M', '2026-12-31T23:45:00Z', '2027-01-01T00:15:00.000000Z', 'minutes, over the end of the year'],
    ['PT1H30M15S', '2026-12-14T10:00:00.5Z', '2026-12-14T11:30:15.500000Z', 'all three, and a fraction that stays'],
    ['PT0H', '2026-12-14T10:00Z', '2026-12-14T10:00:00.000000Z', 'none: the instant itself'],
    ['PT24H', '2027-03-27T12:00:00Z', '2027-03-28T12:00:00.000000Z', 'the clocks go forward: 13:00 on the wall'],
    ['PT24H', '2027-10-30T12:00:00+01:00', '2027-10-31T11:00:00.000000Z', 'they go back: from 12:00 to 11:00 on it'],
    ['PT1H', '2027-10-31T01:30:00+01:00', '2027-10-31T01:30:00.000000Z', 'the hour that comes twice: its second time'],
    ['PT48H', '2028-02-28T09:00:00Z', '2028-03-01T09:00:00.000000Z', 'over a leap day'],
    ['PT1S', '1969-12-31T23:59:58.25Z', '1969-12-31T23:59:59.250000Z', 'before 1970'],
  ])('%s from %s is %s: %s', (length, from, due) => {
    expect(dueInstant(length, from)).toBe(due);
  });

  const from = '2026-12-24T10:00:00Z';
  it.each([
    ['PT72H', '2026-12-24', /"from" is no instant with its offset: write 2026-12-24T10:00:00Z/],
    ['PT72H', '2026-12-24T10:00:00', /with its offset/],
    ['PT72H', '2026-02-30T10:00:00Z', /"from" is no instant/],
    ['PT72H', '2026-12-24T24:00:00Z', /"from" is no instant/],
    ['PT72H', '2026-12-24 10:00:00Z', /"from" is no instant/],
    ['P3D', from, /"length" has days, and HOURS counts on the clock: write PT72H/],
    ['PT', from, /"length" is no ISO 8601 duration/],
    ['PT1.5H', from, /in whole numbers/],
    ['PT999999H', '9998-01-01T00:00:00Z', /"length" reaches beyond the calendar/],
  ])('%s from %s is refused, saying what is wrong and what to do', (length, instant, said) => {
    expect(() => dueInstant(length, instant)).toThrow(said);
  });
});
