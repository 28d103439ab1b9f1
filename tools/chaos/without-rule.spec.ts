import { withoutRule } from './without-rule';

const LISTED = `const RULES = [
  ours('T-14', ['CAL', 'P14D'], 'a'),
  before(ours('T-24.first', ['CAL', 'P90D'], 'b')),
];`;
const CHECKED = `function decide(age: number) {
  if (age > 28) {
    throw new DomainError('too-old', 'It is too old.', 'rule', 'TRF-02');
  }
  return refuse('no', 'DEC-04', 'No.');
}`;
const COMMENTED = `/** Who answers (DEC-32). */
export const answers = (who: string): boolean => who !== '';
/** Who decides (CON-11). */
export function decides(): string {
  return 'person';
}
export function other(): void {
  // Nothing waits (DEC-07).
  warn();
  done();
}`;

describe('a source without a rule', () => {
  it('lacks its entry in a list, also that of a case of it', () => {
    expect(withoutRule(LISTED, 'T-14')?.text).not.toContain('T-14');
    expect(withoutRule(LISTED, 'T-24')).toMatchObject({ line: 3, text: expect.not.stringContaining('before') });
  });

  it('lacks the check that refuses by its id', () => {
    expect(withoutRule(CHECKED, 'TRF-02')?.text).toMatch(/^function decide\(age: number\) {\s+;\s+return/);
  });

  it('lacks what a comment with its id stands at', () => {
    expect(withoutRule(COMMENTED, 'DEC-32')?.text).toContain('=> (() => { throw');
    expect(withoutRule(COMMENTED, 'CON-11')?.text).toMatch(/decides\(\): string { throw/);
    expect(withoutRule(COMMENTED, 'DEC-07')?.text).toMatch(/;\s+done\(\)/);
  });

  it('is not made of one that does not carry it, or carries a longer id', () => {
    for (const id of ['T-1', 'TRF-0', 'CON-1']) {
      for (const source of [LISTED, CHECKED, COMMENTED]) expect(withoutRule(source, id)).toBeUndefined();
    }
  });
});
