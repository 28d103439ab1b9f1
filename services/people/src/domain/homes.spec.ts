import { addDays } from '@homeward/kernel';
import * as fc from 'fast-check';
import { beginHome, evolveHomes, isRestricted, type HomeInTime } from './homes';

const TODAY = '2026-11-25';
const BORN = '2001-02-03';
const WHERE = { lines: [], postcode: 'LS1 1AA', responsibleIcb: 'QZ1' };
const FIRST: HomeInTime = { ...WHERE, from: TODAY, until: null, restricted: false };
const told = (from: string, postcode = 'M1 1AA') => ({ from, lines: ['1 New Row'], postcode, responsibleIcb: 'QZ2' });
const begin = (from: string, homes = [FIRST]) => evolveHomes(homes, beginHome(homes, told(from), BORN, TODAY));

describe('a home', () => {
  it('ends the one before it, on its first day', () => {
    expect(begin('2026-12-01').map(({ from, until }) => [from, until])).toEqual([
      [TODAY, '2026-12-01'],
      ['2026-12-01', null],
    ]);
  });

  it('told late ends where the next one began', () => {
    expect(begin('2020-01-01').map(({ from, until }) => [from, until])).toEqual([
      ['2020-01-01', TODAY],
      [TODAY, null],
    ]);
  });

  it.each([
    ['90 days ahead at most', addDays(TODAY, 91), 'home-too-far-ahead'],
    ['not before the birth', '2001-02-02', 'home-from-invalid'],
    ['on a day of the calendar', '2026-02-30', 'home-from-invalid'],
  ])('begins %s', (_, from, code) => {
    expect(() => begin(from)).toThrow(expect.objectContaining({ code, kind: 'rule' }));
  });

  it('may begin on the day of the birth, and 90 days ahead', () => {
    expect(begin(BORN)).toHaveLength(2);
    expect(begin(addDays(TODAY, 90))).toHaveLength(2);
  });
});

it('whatever is told, in whatever order: one home a day from the first one on, the one told last of its first day', () => {
  const days = fc.array(fc.integer({ min: -400, max: 90 }), { maxLength: 15 });
  fc.assert(
    fc.property(days, (offsets) => {
      const tellings = offsets.map((offset, n) => told(addDays(TODAY, offset), `M1 ${n % 10}AA`));
      const homes = tellings.reduce<HomeInTime[]>(
        (before, one) => evolveHomes(before, beginHome(before, one, BORN, TODAY)),
        [FIRST],
      );
      homes.forEach(({ until }, n) => expect(until).toBe(homes[n + 1]?.from ?? null));
      const last = new Map([FIRST, ...tellings].map(({ from, postcode }) => [from, postcode]));
      expect(new Map(homes.map(({ from, postcode }) => [from, postcode]))).toEqual(new Map([...last].sort()));
    }),
  );
});

describe('a restricted home (DEC-34)', () => {
  const HIDDEN: HomeInTime = { ...FIRST, restricted: true };
  const restrictedOf = (from: string, restricted?: boolean, homes = [HIDDEN]) =>
    beginHome(homes, { ...told(from), restricted }, BORN, TODAY).home.restricted;

  it.each([
    ['follows it', addDays(TODAY, 10)],
    ['takes its place', TODAY],
    ['is told late', '2020-01-01'],
  ])('makes one restricted that %s, unless it is said that it is not', (_, from) => {
    expect(restrictedOf(from)).toBe(true);
    expect(restrictedOf(from, true)).toBe(true);
    expect(restrictedOf(from, false)).toBe(false);
  });

  it('that ended, or none, leaves the next one open unless it is said', () => {
    const over = [{ ...HIDDEN, from: '2020-01-01', until: TODAY }, FIRST];
    for (const homes of [[FIRST], over]) {
      expect(restrictedOf(addDays(TODAY, 10), undefined, homes)).toBe(false);
      expect(restrictedOf(addDays(TODAY, 10), true, homes)).toBe(true);
    }
  });

  it('stays restricted when it ends', () => {
    const homes = evolveHomes([HIDDEN], beginHome([HIDDEN], { ...told('2026-12-01'), restricted: false }, BORN, TODAY));
    expect(homes.map(({ restricted }) => restricted)).toEqual([true, false]);
    expect([isRestricted(homes, TODAY), isRestricted(homes, '2026-12-01')]).toEqual([true, false]);
  });
});
