import { addWorkingDays, isWorkingDay, londonDate } from './working-days';

describe('working days of England', () => {
  // gov.uk/bank-holidays, England and Wales
  const published: Record<string, string[]> = {
    2020: ['01-01', '04-10', '04-13', '05-08', '05-25', '08-31', '12-25', '12-28'],
    2021: ['01-01', '04-02', '04-05', '05-03', '05-31', '08-30', '12-27', '12-28'],
    2022: ['01-03', '04-15', '04-18', '05-02', '06-02', '06-03', '08-29', '09-19', '12-26', '12-27'],
    2023: ['01-02', '04-07', '04-10', '05-01', '05-08', '05-29', '08-28', '12-25', '12-26'],
    2024: ['01-01', '03-29', '04-01', '05-06', '05-27', '08-26', '12-25', '12-26'],
    2025: ['01-01', '04-18', '04-21', '05-05', '05-26', '08-25', '12-25', '12-26'],
    2026: ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28'],
    2027: ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'],
  };

  it.each(Object.entries(published))('leave out the weekend and the bank holidays of %s', (year, holidays) => {
    const off: string[] = [];
    for (let day = Date.parse(`${year}-01-01`); day <= Date.parse(`${year}-12-31`); day += 86_400_000) {
      const date = new Date(day);
      const weekend = [0, 6].includes(date.getUTCDay());
      if (weekend) expect(isWorkingDay(date.toISOString().slice(0, 10))).toBe(false);
      else if (!isWorkingDay(date.toISOString().slice(0, 10))) off.push(date.toISOString().slice(5, 10));
    }
    expect(off).toEqual(holidays);
  });

  it('are counted from the day after', () => {
    expect(addWorkingDays('2026-11-25', 1)).toBe('2026-11-26');
    expect(addWorkingDays('2026-11-27', 1)).toBe('2026-11-30');
    expect(addWorkingDays('2026-12-23', 5)).toBe('2027-01-04');
  });

  it('begin at midnight in London', () => {
    expect(londonDate(new Date('2026-07-01T23:30:00Z'))).toBe('2026-07-02');
    expect(londonDate(new Date('2026-12-01T23:30:00Z'))).toBe('2026-12-01');
  });
});
