import { CONSENT_AUTHORITIES, CONSENT_PURPOSES, type ConsentPurpose, type ReviewItem } from '@homeward/contracts';
import { addDays, type Day } from '@homeward/kernel';
import * as fc from 'fast-check';
import type { Consent } from './consent';
import { consentNow, isToBeRenewed, stateOf, warningsOfConsent } from './consent-now';

const [ADULT, TODAY] = ['1994-05-17', '2026-11-25'];
const at = (day: Day, hour = '10'): string => `${day}T${hour}:00:00.000000Z`;
const YES: Consent = {
  ...{ id: 'a-yes', personId: 'a-person', purpose: 'register', scope: [], answer: 'yes', authority: 'person' },
  ...{ decidedBy: null, assessment: null, explained: ['talk'], supportedBy: null, words: null },
  ...{ on: '2026-11-01', reviewBy: '2027-11-01', recordedAt: at('2026-11-01'), withdrawnAt: null },
};
const found = (finding: 'has' | 'lacks') => ({ finding, on: '2026-10-30' });
const given = (...consents: Consent[]) => ({
  now: (birthDate = ADULT, today = TODAY, purpose: ConsentPurpose = 'register', item: ReviewItem | null = null) =>
    consentNow({ consents, birthDate }, purpose, item, today),
  states: (birthDate = ADULT, today = TODAY) =>
    consents.map((consent) => stateOf(consent, { consents, birthDate }, today)),
});
const no = (reason: string) => ({ answer: 'no', reason });

describe('whether there is consent now (DEC-12)', () => {
  it('is no where nothing is recorded (CON-2)', () => expect(given().now()).toEqual(no('none')));

  it('is yes, with the decision, until it lapses, and is asked for anew 90 days before (DEC-11)', () => {
    const decided = { consents: [YES], birthDate: ADULT };
    const seen = ['2027-08-02', '2027-08-03', '2027-11-01', '2027-11-02'].map((today) => [
      ...[given(YES).now(ADULT, today), stateOf(YES, decided, today), isToBeRenewed(YES, decided, today)],
    ]);
    const yes = { answer: 'yes', consentId: 'a-yes' };
    expect(seen).toEqual([
      [yes, 'in-effect', false],
      [yes, 'in-effect', true],
      [yes, 'in-effect', true],
      [no('lapsed'), 'lapsed', true],
    ]);
  });

  it('is for one purpose, and of a review for each item on its own (CET-033)', () => {
    const review: Consent = { ...YES, purpose: 'review', scope: ['review-held', 'report-shared'] };
    const ask = (purpose: ConsentPurpose, item: ReviewItem | null) =>
      given(review).now(ADULT, TODAY, purpose, item).answer;
    expect([ask('review', 'review-held'), ask('review', 'report-shared')]).toEqual(['yes', 'yes']);
    expect([ask('review', 'family-invited'), ask('review', null), ask('register', null)]).toEqual(['no', 'no', 'no']);
    expect(given(YES).now(ADULT, TODAY, 'register', 'review-held')).toEqual(no('none'));
  });

  it('is what was decided last, whenever it was recorded (CON-3)', () => {
    const saidNo: Consent = { ...YES, id: 'a-no', answer: 'said-no', on: '2026-11-10', recordedAt: at('2026-11-10') };
    const late: Consent = { ...YES, id: 'late', on: '2026-11-05', recordedAt: at('2026-11-20') };
    expect(given(YES, saidNo, late).now()).toEqual(no('said-no'));
    expect(given(YES, saidNo, late).states()).toEqual(['superseded', 'said-no', 'superseded']);
    const again: Consent = { ...late, id: 'again', on: saidNo.on };
    expect(given(again, saidNo).now()).toEqual({ answer: 'yes', consentId: 'again' });
  });

  it('is no from the withdrawal on, though a yes from before it is told later; another yes after it counts (CON-4)', () => {
    const withdrawn: Consent = { ...YES, withdrawnAt: at('2026-11-10') };
    const late: Consent = { ...YES, id: 'late', on: '2026-11-05', recordedAt: at('2026-11-20') };
    expect(given(withdrawn).now()).toEqual(no('withdrawn'));
    expect(given(withdrawn, late).now()).toEqual(no('withdrawn'));
    const again: Consent = { ...late, id: 'again', on: '2026-11-10', recordedAt: at('2026-11-10', '11') };
    expect(given(withdrawn, again).now()).toEqual({ answer: 'yes', consentId: 'again' });
  });

  it('is no when what was decided before lapsed, too: an older one is not fallen back on', () => {
    const short: Consent = {
      ...YES,
      id: 'short',
      on: '2026-11-02',
      reviewBy: '2026-11-03',
      recordedAt: at('2026-11-02'),
    };
    expect(given(YES, short).now()).toEqual(no('lapsed'));
  });
});

describe('what parents decide', () => {
  const theirs: Consent = { ...YES, authority: 'parental-responsibility', decidedBy: 'Jo', assessment: found('lacks') };

  it('carries to the day before the 16th birthday, and is asked for anew 90 days before (DEC-11)', () => {
    const birthDate = '2011-03-17';
    const decided = { consents: [theirs], birthDate };
    expect(given(theirs).now(birthDate, '2027-03-16').answer).toBe('yes');
    expect(given(theirs).now(birthDate, '2027-03-17')).toEqual(no('lapsed'));
    expect([isToBeRenewed(theirs, decided, '2026-12-16'), isToBeRenewed(theirs, decided, '2026-12-17')]).toEqual([
      false,
      true,
    ]);
  });

  it('does not overrule what a competent child decides (CON-15)', () => {
    const child = '2013-03-17';
    const childSaysNo: Consent = { ...YES, id: 'child', answer: 'said-no', assessment: found('has') };
    expect(given(childSaysNo).now(child)).toEqual(no('said-no'));
    expect(given({ ...theirs, assessment: found('has') }).now(child)).toEqual(no('none'));
    expect(given({ ...theirs, assessment: null }).states(child)).toEqual(['decided-by-another']);
  });
});

describe('who decides, by what is recorded', () => {
  const by = (authority: Consent['authority'], finding?: 'has' | 'lacks'): Consent => ({
    ...{ ...YES, authority, assessment: finding ? found(finding) : null },
  });
  it.each([
    ['person', undefined, ADULT, 'yes'],
    ['person', 'lacks', ADULT, 'no'],
    ['deputy', undefined, ADULT, 'no'],
    ['deputy', 'lacks', ADULT, 'yes'],
    ['best-interests-board', 'lacks', '2010-11-01', 'yes'],
    ['parental-responsibility', 'lacks', '2010-11-01', 'no'],
    ['parental-responsibility', 'lacks', '2010-11-02', 'yes'],
    ['person', 'has', '2013-03-17', 'yes'],
    ['person', undefined, '2013-03-17', 'no'],
  ] as const)('a yes by %s, found: %s, of who was born on %s: %s', (authority, finding, birthDate, answer) => {
    const consent = by(authority, finding);
    expect(given(consent).now(birthDate, '2026-11-01').answer).toBe(answer);
    expect(warningsOfConsent(consent, birthDate).length).toBe(answer === 'yes' ? 0 : 1);
  });

  it('a warning is one sentence, whoever it is about: it tells no age (DEC-35)', () => {
    const warned = [by('parental-responsibility', 'lacks'), by('person', 'lacks'), by('deputy')].flatMap((consent) =>
      [ADULT, '2010-11-01', '2020-02-02'].flatMap((birthDate) => warningsOfConsent(consent, birthDate)),
    );
    expect(warned.length).toBeGreaterThan(3);
    expect(new Set(warned.map((one) => JSON.stringify(one))).size).toBe(1);
  });
});

const day = fc.integer({ min: -800, max: 0 }).map((days) => addDays(TODAY, days));
const consent: fc.Arbitrary<Consent> = fc
  .record({
    ...{ id: fc.uuid(), on: day, recordedAt: day, withdrawnAt: fc.option(day), days: fc.nat(365) },
    ...{ purpose: fc.constantFrom(...CONSENT_PURPOSES), answer: fc.constantFrom('yes' as const, 'said-no' as const) },
    ...{ authority: fc.constantFrom(...CONSENT_AUTHORITIES), finding: fc.constantFrom('has', 'lacks', null) },
  })
  .map(({ on, recordedAt, withdrawnAt, days, finding, ...one }) => ({
    ...{ ...YES, ...one, on, assessment: finding && found(finding), reviewBy: addDays(on, days) },
    recordedAt: at(recordedAt < on ? on : recordedAt),
    withdrawnAt: withdrawnAt && one.answer === 'yes' && withdrawnAt >= on ? at(withdrawnAt, '12') : null,
  }));

it('whatever was decided and told in whatever order: one decision of a purpose is in effect at most, and nobody said no, or took it back, after it (CON-4, DEC-12)', () => {
  let yes = 0;
  fc.assert(
    fc.property(fc.uniqueArray(consent, { maxLength: 8, selector: ({ id }) => id }), day, (consents, birthDate) => {
      for (const purpose of CONSENT_PURPOSES) {
        const [decided, same] = [{ consents, birthDate }, consents.filter((one) => one.purpose === purpose)];
        const effective = same.filter((one) => stateOf(one, decided, TODAY) === 'in-effect');
        expect(effective.length).toBeLessThanOrEqual(1);
        const now = consentNow(decided, purpose, null, TODAY);
        expect(now.answer === 'yes' ? [now.consentId] : []).toEqual(effective.map(({ id }) => id));
        expect(consentNow({ consents: [...consents].reverse(), birthDate }, purpose, null, TODAY)).toEqual(now);
        for (const { on, reviewBy, answer } of effective) {
          yes++;
          expect([answer, reviewBy >= TODAY]).toEqual(['yes', true]);
          expect(same.filter((one) => one.answer === 'said-no' && one.on > on)).toEqual([]);
          expect(same.filter(({ withdrawnAt }) => withdrawnAt !== null && withdrawnAt.slice(0, 10) > on)).toEqual([]);
        }
      }
    }),
    { numRuns: 500 },
  );
  expect(yes).toBeGreaterThan(10);
});
