import { hazards, LIKELIHOODS, riskOf, SEVERITIES, TOLERABLE, unproven } from './hazards';

describe.each(hazards())('$id: $hazard', ({ causes, effect, before, controls, after, residual }) => {
  it('says how it comes, and what it does to somebody', () => {
    expect(causes.length).toBeGreaterThan(0);
    expect(effect).not.toBe('');
    expect(residual).not.toBe('');
  });

  it('has controls, each with a test that is there', () => {
    expect(controls.length).toBeGreaterThan(1);
    expect(unproven(controls)).toEqual([]);
  });

  it('is estimated in the words of the standard, and its controls make it tolerable', () => {
    for (const { severity, likelihood } of [before, after]) {
      expect(SEVERITIES).toContain(severity);
      expect(LIKELIHOODS).toContain(likelihood);
    }
    expect(riskOf(after)).toBeLessThanOrEqual(Math.min(TOLERABLE, riskOf(before)));
  });
});

describe('the hazard log', () => {
  it('has each id once', () => {
    const ids = hazards().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('finds a control whose test is gone, or that names none', () => {
    const suite = 'tools/reference/hazards.spec.ts';
    const proven = { what: 'proven', tests: [`${suite} › has each id once`] };
    expect(unproven([proven])).toEqual([]);
    for (const test of [`${suite} › has each ${'id'} twice`, 'tools/none.spec.ts › has each id once', suite]) {
      expect(unproven([proven, { what: 'gone', tests: [test] }])).toEqual([`${test}: is not there`]);
    }
    expect(unproven([{ what: 'bare', tests: [] }])).toEqual(['bare: names no test']);
  });
});
