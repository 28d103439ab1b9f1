import Holidays from 'date-holidays';
import { BANK_HOLIDAYS } from './bank-holidays';
import { addWorkingDays, isWorkingDay } from './working-days';

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

  it('are refused for days whose bank holidays are not known', () => {
    expect(() => isWorkingDay('1977-12-31')).toThrow(/known from 1978-01-01 to 2035-12-31.*1977-12-31.*check the date/);
    expect(() => isWorkingDay('2036-01-01')).toThrow(/2036-01-01/);
    expect(() => addWorkingDays('2035-12-28', 2)).toThrow(/2036-01-01/);
    expect(addWorkingDays('2035-12-28', 1)).toBe('2035-12-31');
  });
});

describe('the list of bank holidays', () => {
  const library = new Holidays('GB', 'ENG');
  const weekend = (day: string) => [0, 6].includes(new Date(day).getUTCDay());
  /** The library computes them on its own, but does not know what was proclaimed before 2020. */
  const PROCLAIMED: Record<string, { added: string[]; moved?: string }> = {
    1981: { added: ['07-29'] },
    1995: { added: ['05-08'], moved: '05-01' },
    1999: { added: ['12-31'] },
    2002: { added: ['06-03', '06-04'], moved: '05-27' },
    2011: { added: ['04-29'] },
    2012: { added: ['06-04'], moved: '05-28' },
  };

  it.each(Object.entries(BANK_HOLIDAYS))('of %s is what another calculation gives', (year, days) => {
    const { added, moved } = PROCLAIMED[year] ?? { added: [] };
    const computed = library.getHolidays(Number(year)).flatMap(({ type, date }) => {
      const day = date.slice(0, '2026-11-25'.length);
      return type === 'public' && !weekend(day) ? [day.slice('2026-'.length)] : [];
    });
    const expected = [...computed.filter((day) => day !== moved), ...added].sort();
    expect(days.split(' ')).toEqual(expected);
  });

  it('has every year of its window', () => {
    expect(Object.keys(BANK_HOLIDAYS)).toEqual(Array.from({ length: 58 }, (_, i) => String(1978 + i)));
  });
});
