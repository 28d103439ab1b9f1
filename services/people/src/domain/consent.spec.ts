import { addDays } from '@homeward/kernel';
import { recordConsent, withdrawConsent, type Consent, type NewConsent } from './consent';

const [TODAY, NOW] = ['2026-11-25', '2026-11-25T10:00:00.000000Z'];
const [BORN, CONTACT] = ['1994-05-17', '0199b6a0-0000-7000-8000-000000000060'];
const YES: NewConsent = {
  ...{ purpose: 'register', scope: [], answer: 'yes', authority: 'person', decidedBy: null, assessment: null },
  ...{ explained: ['easy-read'], supportedBy: null, words: 'Yes.', on: null, reviewBy: null },
};
const whose = { personId: 'a-person', birthDate: BORN, contactIds: [CONTACT] };
const record = (told: Partial<NewConsent> = {}): Consent => recordConsent({ ...YES, ...told }, 'a-consent', whose, NOW);
const refused = (code: string) => expect.objectContaining({ code, kind: 'rule' }) as Error;

describe('a decision on consent (CON-30)', () => {
  it('is of today, and counts for a year, unless it is said (T-23)', () => {
    const recorded = { id: 'a-consent', personId: 'a-person', recordedAt: NOW, withdrawnAt: null };
    expect(record()).toEqual({ ...YES, ...recorded, on: TODAY, reviewBy: '2027-11-25' });
    const said = { on: '2020-02-29', reviewBy: '2021-02-28' };
    expect(record(said)).toMatchObject(said);
    expect(record({ purpose: 'sharing-beyond-care', on: '2026-11-01' }).reviewBy).toBe('2027-11-01');
  });

  it.each([addDays(TODAY, 1), BORN, '1990-01-01'])('is not of %s', (on) => {
    expect(() => record({ on })).toThrow(refused('consent-day-invalid'));
  });

  it.each([addDays(TODAY, -1), '2027-11-26'])('is not asked for again on %s (T-23)', (reviewBy) => {
    expect(() => record({ reviewBy })).toThrow(refused('consent-review-invalid'));
  });

  it('names what of a review it is a yes to, and nothing of what has no parts (CET-033)', () => {
    expect(record({ purpose: 'review', scope: ['review-held'] }).scope).toEqual(['review-held']);
    expect(record({ purpose: 'review', answer: 'said-no' }).scope).toEqual([]);
    const wrong: Partial<NewConsent>[] = [
      { purpose: 'review' },
      { purpose: 'review', answer: 'said-no', scope: ['review-held'] },
      { scope: ['review-held'] },
    ];
    for (const told of wrong) expect(() => record(told)).toThrow(refused('consent-scope-invalid'));
  });

  it('names who decided, where that was not the person; by the id of a contact of theirs, or by a name', () => {
    const authority = 'lasting-power-of-attorney';
    for (const decidedBy of [CONTACT, 'Jo Example'])
      expect(record({ authority, decidedBy })).toMatchObject({ decidedBy });
    expect(() => record({ authority })).toThrow(refused('consent-decider-invalid'));
    expect(() => record({ decidedBy: CONTACT })).toThrow(refused('consent-decider-invalid'));
    const another = CONTACT.replace('6', '7');
    expect(() => record({ authority, decidedBy: another })).toThrow(refused('no-such-contact'));
    expect(() => record({ supportedBy: another })).toThrow(refused('no-such-contact'));
  });

  it.each([addDays(TODAY, 1), BORN])('rests on no assessment of %s', (on) => {
    expect(() => record({ assessment: { finding: 'has', on } })).toThrow(refused('assessment-day-invalid'));
  });
});

describe('a withdrawal (CON-4)', () => {
  it('is of a yes, once, and now at the latest', () => {
    const yes = record({ on: '2026-11-20' });
    expect(withdrawConsent(yes, NOW, NOW)).toEqual({ ...yes, withdrawnAt: NOW });
    expect(() => withdrawConsent(withdrawConsent(yes, NOW, NOW), NOW, NOW)).toThrow(
      expect.objectContaining({ code: 'consent-withdrawn', kind: 'state' }) as Error,
    );
    expect(() => withdrawConsent(record({ answer: 'said-no' }), NOW, NOW)).toThrow(
      expect.objectContaining({ code: 'consent-said-no' }) as Error,
    );
    for (const at of ['2026-11-25T10:00:00.000001Z', '2026-11-19T23:59:59.000000Z'])
      expect(() => withdrawConsent(yes, at, NOW)).toThrow(refused('withdrawal-time-invalid'));
  });
});
