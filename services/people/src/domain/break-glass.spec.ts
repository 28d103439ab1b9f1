import { breakGlass, reviewBreakGlass, type Look } from './break-glass';

const NOW = '2026-10-24T23:00:00.000000Z';
const LOOK: Look = {
  id: 'a-look',
  personId: 'a-person',
  aliasIds: [],
  organisation: 'RZ1',
  practitionerId: 'a-nurse',
  reasonCode: 'emergency-care',
};
const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('to break the glass', () => {
  it('opens for four hours that passed, over the night when the clocks go back too (PERM-01)', () => {
    expect(breakGlass(LOOK, undefined, [], NOW)).toEqual({
      ...LOOK,
      openedAt: NOW,
      until: '2026-10-25T03:00:00.000000Z',
      outcome: null,
    });
  });

  it('asks for words when no reason of the list fits', () => {
    const other = { ...LOOK, reasonCode: 'other' } as const;
    expect(code(() => breakGlass(other, undefined, [], NOW))).toMatchObject({ code: 'reason-in-words', kind: 'rule' });
    expect(breakGlass(other, 'Words.', [], NOW)).toMatchObject({ reasonCode: 'other' });
  });

  it('is refused the eleventh time within a day (PERM-03)', () => {
    const [today, yesterday] = ['2026-10-24T01:00:00.000000Z', '2026-10-23T23:00:00.000000Z'];
    const before = (count: number, at = today) => Array.from({ length: count }, () => at);
    expect(breakGlass(LOOK, undefined, before(9), NOW)).toMatchObject({ outcome: null });
    expect(breakGlass(LOOK, undefined, [...before(9), yesterday], NOW)).toMatchObject({ outcome: null });
    const refused = code(() => breakGlass(LOOK, undefined, before(10), NOW));
    expect(refused).toMatchObject({ code: 'too-many-looks', rule: 'PERM-03' });
  });
});

describe('a review (PERM-02)', () => {
  const look = breakGlass(LOOK, undefined, [], NOW);

  it.each(['justified', 'not-justified'] as const)('finds it %s, once', (outcome) => {
    const reviewed = reviewBreakGlass(look, outcome, 'a-privacy-officer');
    expect(reviewed).toEqual({ ...look, outcome });
    expect(code(() => reviewBreakGlass(reviewed, 'justified', 'another'))).toMatchObject({ code: 'reviewed-already' });
  });

  it('is not by who looked', () => {
    expect(code(() => reviewBreakGlass(look, 'justified', 'a-nurse'))).toMatchObject({ code: 'own-look' });
  });
});
