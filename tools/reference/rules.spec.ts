import { STANDINGS } from '@homeward/policy';
import { faultOf, provenBy, ruleLedger, suites, type LedgerRule } from './rules';

const all = suites();
const rules = ruleLedger().flatMap((section) => section.rules);
const rule = (id: string, more: Partial<LedgerRule> = {}): LedgerRule => ({
  id,
  says: 'It.',
  standing: 'law',
  ...more,
});

describe('the ledger of rules', () => {
  it('has each id once, with a sentence and a standing', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { says, standing } of rules) {
      expect(says).toMatch(/^[A-Z“].*\.$/);
      expect(STANDINGS).toContain(standing);
    }
  });

  it.each(rules)('$id has a test, or says what will build it', (one) => expect(faultOf(one, all)).toBeUndefined());

  it('finds a rule that has neither, one that has both, and a test that is gone', () => {
    const texts = new Map([['a.spec.ts', `it('does so (XX-1)')`]]);
    expect(faultOf(rule('XX-1'), texts)).toBeUndefined();
    expect(faultOf(rule('XX-2'), texts)).toMatch(/XX-2 has no test/);
    expect(faultOf(rule('XX-2', { notBuilt: 'a service' }), texts)).toBeUndefined();
    expect(faultOf(rule('XX-1', { notBuilt: 'a service' }), texts)).toMatch(/a.spec.ts names it/);
    expect(faultOf(rule('XX-2', { tests: ['none.spec.ts'] }), texts)).toMatch(/none.spec.ts, which is not there/);
  });

  it('takes a case of a rule for the rule, and no longer id for a shorter one', () => {
    const texts = new Map([['a.spec.ts', 'XX-1.child XX-23 MXX-4']]);
    expect(provenBy(rule('XX-1'), texts)).toEqual(['a.spec.ts']);
    for (const id of ['XX-2', 'XX-4']) expect(provenBy(rule(id), texts)).toEqual([]);
  });
});
