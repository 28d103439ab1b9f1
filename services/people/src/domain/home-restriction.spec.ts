import { liftRestriction, restrictedByMerge, restrictHomes } from './home-restriction';
import type { HomeInTime } from './homes';

const TODAY = '2026-11-25';
const home = (from: string, until: string | null, restricted = false): HomeInTime => ({
  ...{ from, until, restricted, lines: [], postcode: 'LS1 1AA', responsibleIcb: 'QZ1' },
});
const PAST = home('2020-01-01', '2026-01-01');
const PRESENT = home('2026-01-01', '2026-12-01');
const NEXT = home('2026-12-01', null);
const firstDays = ({ homes }: { homes: HomeInTime[] }) => homes.map(({ from }) => from);

describe('to restrict (DEC-34)', () => {
  it('means the home of today and all that follow, unless one is named', () => {
    const homes = [PAST, PRESENT, NEXT];
    expect(firstDays(restrictHomes(homes, undefined, TODAY))).toEqual([PRESENT.from, NEXT.from]);
    expect(firstDays(restrictHomes(homes, PAST.from, TODAY))).toEqual([PAST.from]);
  });

  it('leaves what is restricted already, and is refused where all of it is', () => {
    const homes = [{ ...PRESENT, restricted: true }, NEXT];
    expect(firstDays(restrictHomes(homes, undefined, TODAY))).toEqual([NEXT.from]);
    expect(() => restrictHomes(homes, PRESENT.from, TODAY)).toThrow(
      expect.objectContaining({ code: 'restricted-already' }),
    );
  });
});

describe('to lift a restriction (DEC-34)', () => {
  it('means one home, named', () => {
    const homes = [
      { ...PRESENT, restricted: true },
      { ...NEXT, restricted: true },
    ];
    expect(firstDays(liftRestriction(homes, NEXT.from))).toEqual([NEXT.from]);
  });

  it('is refused of a home that is open, and of none', () => {
    expect(() => liftRestriction([PRESENT], PRESENT.from)).toThrow(expect.objectContaining({ code: 'not-restricted' }));
    expect(() => liftRestriction([PRESENT], TODAY)).toThrow(expect.objectContaining({ code: 'no-such-home' }));
  });
});

it('a merge restricts the survivor’s home of today and those that follow, where the old one’s of today is (DEC-34)', () => {
  const hidden = { ...NEXT, from: '2025-01-01', restricted: true };
  expect(restrictedByMerge([hidden], [PAST, PRESENT, NEXT], TODAY)).toEqual([PRESENT.from, NEXT.from]);
  expect(restrictedByMerge([hidden], [{ ...PRESENT, restricted: true }], TODAY)).toEqual([]);
  expect(restrictedByMerge([{ ...PAST, restricted: true }, PRESENT], [NEXT], TODAY)).toEqual([]);
});
