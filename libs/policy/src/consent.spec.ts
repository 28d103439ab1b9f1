import * as fc from 'fast-check';
import { followsFrom, whoDecides, whoDecidesByLaw, type Assessment, type LegalQuestion } from './consent';

const ask = (age: number, finding?: 'has' | 'lacks', about: LegalQuestion['about'] = 'review'): LegalQuestion => ({
  decisionId: 'this',
  about,
  age,
  assessments: finding ? [{ decisionId: 'this', finding }] : [],
});

describe('who decides, by policy', () => {
  it.each([
    ['CON-11', 18, undefined, 'person'],
    ['CON-11', 67, 'has', 'person'],
    ['CON-12', 18, 'lacks', 'best-interests'],
    ['CON-13', 16, undefined, 'person'],
    ['CON-13', 17, 'has', 'person'],
    ['CON-14', 17, 'lacks', 'best-interests'],
    ['CON-15', 15, 'has', 'person'],
    ['CON-16', 15, 'lacks', 'parental-responsibility'],
    ['CON-16', 9, undefined, 'assess-first'],
  ] as const)('%s: at %s, found: %s, it is: %s', (_, age, finding, decider) => {
    expect(whoDecides(ask(age, finding))).toBe(decider);
  });

  it('CON-15: a board may ask the parents of all who are under 16, and of nobody older', () => {
    expect(whoDecides(ask(15, 'has'), 'parent')).toBe('parental-responsibility');
    expect(whoDecides(ask(16, 'has'), 'parent')).toBe('person');
  });
});

describe('who decides, by Part 8A', () => {
  it.each([
    ['CON-21', 'review', 12, 'has', 'person'],
    ['CON-21', 'review', 40, 'lacks', 'responsible-commissioner'],
    ['CON-21', 'review', 12, 'lacks', 'responsible-commissioner'],
    ['CON-22', 'register', 12, 'has', 'person'],
    ['CON-22', 'register', 40, 'lacks', 'board'],
    ['CON-22', 'register', 40, undefined, 'person'],
    ['CON-22', 'register', 12, undefined, 'assess-first'],
  ] as const)('%s: on a %s, at %s, found: %s, it is: %s', (_, about, age, finding, decider) => {
    expect(whoDecidesByLaw(ask(age, finding, about))).toBe(decider);
  });

  it('is never a parent', () => {
    const age = fc.integer({ min: 0, max: 110 });
    const finding = fc.constantFrom(undefined, 'has' as const, 'lacks' as const);
    fc.assert(
      fc.property(age, finding, (years, found) => {
        expect(whoDecidesByLaw(ask(years, found))).not.toBe('parental-responsibility');
      }),
    );
  });
});

it('CON-1: what was found for other decisions changes nothing, however often', () => {
  const other = fc.record({
    decisionId: fc.constantFrom('before', 'another'),
    finding: fc.constantFrom('has', 'lacks'),
  }) as fc.Arbitrary<Assessment>;
  fc.assert(
    fc.property(fc.array(other), fc.integer({ min: 0, max: 110 }), (others, age) => {
      const question = ask(age);
      expect(whoDecides({ ...question, assessments: others })).toBe(whoDecides(question));
      expect(whoDecidesByLaw({ ...question, assessments: others })).toBe(whoDecidesByLaw(question));
    }),
  );
});

it('the latest finding for a decision is the one that counts', () => {
  const assessments: Assessment[] = [
    { decisionId: 'this', finding: 'lacks' },
    { decisionId: 'this', finding: 'has' },
  ];
  expect(whoDecides({ ...ask(30), assessments })).toBe('person');
});

describe('what follows from an answer', () => {
  it('CON-2: without one, nothing: it is asked', () => expect(followsFrom(undefined)).toBe('ask'));
  it('CON-3: a no is a full outcome', () => expect(followsFrom('said-no')).toBe('offered-and-said-no'));
  it('a withdrawal stops what was begun', () => expect(followsFrom('withdrawn')).toBe('stop'));
  it('a yes goes on', () => expect(followsFrom('yes')).toBe('go-on'));
});
