import { AUTHORITIES, CONTACT_KINDS, readsAs } from '@homeward/contracts';
import type { DomainError } from '@homeward/kernel';
import { dueBy } from '@homeward/policy';
import * as fc from 'fast-check';
import { ageMilestones } from './age-milestones';
import { endContact, recordContact, whoseRightsEndWithDeath, type Contact, type NewContact } from './contact';

const TODAY = '2026-11-25';
const [PERSON, ALIAS, ACCOUNT] = ['a-person', 'an-alias', 'an-account'];
const JO: NewContact = {
  name: 'Jo Example',
  telephone: null,
  howToReach: null,
  is: 'parent',
  authority: 'consent',
  mayBeTold: true,
  mayBeContacted: true,
  account: ACCOUNT,
  until: null,
};
const whose = (birthDate: string, ...contacts: Contact[]) => ({
  ...{ personId: PERSON, aliasIds: [ALIAS], birthDate, hasDied: false, contacts },
});
const record = (told: Partial<NewContact>, of = whose('1994-05-17'), today = TODAY) =>
  recordContact({ ...JO, ...told }, 'a-contact', of, today);
const refusedWith = (code: string) => expect.objectContaining({ code }) as Error;

describe('what a contact reads (PERM-11, PERM-40.see)', () => {
  const anybody = fc.record({
    is: fc.constantFrom(...CONTACT_KINDS),
    authority: fc.constantFrom(...AUTHORITIES),
    mayBeTold: fc.boolean(),
    account: fc.option(fc.constant(ACCOUNT)),
  });

  it('is nothing without an account, or where they may not be told', () => {
    fc.assert(
      fc.property(anybody, (one) => {
        expect([readsAs({ ...one, account: null }), readsAs({ ...one, mayBeTold: false })]).toEqual([null, null]);
      }),
    );
  });

  it.each([
    ['parent', 'consent', 'family'],
    ['friend', 'consent', 'family'],
    ['paid-carer', 'deputy', 'family'],
    ['parent', 'parental-responsibility', 'family'],
    ['partner', 'lasting-power-of-attorney', 'family'],
    ['parent', 'none', null],
    ['sibling', 'nominated-person', null],
    ['advocate', 'none', 'advocate'],
    ['advocate', 'consent', 'advocate'],
  ] as const)('of a %s with %s: as %s', (is, authority, reads) => {
    expect(readsAs({ is, authority, mayBeTold: true, account: ACCOUNT })).toBe(reads);
  });
});

describe('a contact (DEC-34.contacts)', () => {
  it('is recorded under all ids of the person, and ends once', () => {
    const { contact, ends } = record({});
    expect([contact, ends]).toEqual([
      { ...JO, id: 'a-contact', personId: PERSON, aliasIds: [ALIAS], isEnded: false },
      [],
    ]);
    const [at, later] = ['2026-11-25T09:00:00.000000Z', '2026-11-25T10:00:00.000000Z'];
    expect(() => endContact(contact, later, at)).toThrow(refusedWith('ends-in-future'));
    expect(() => endContact(endContact(contact, at, later), at, later)).toThrow(refusedWith('ended-already'));
  });

  it.each([PERSON, ALIAS])('does not sign in as the person themself (%s)', (account) => {
    expect(() => record({ account })).toThrow(refusedWith('account-of-the-person'));
  });

  it.each([TODAY, '2026-01-01'])('does not end before it began: %s', (until) => {
    expect(() => record({ until })).toThrow(refusedWith('until-passed'));
  });

  it('who is an advocate takes the place of the advocate before, and of nobody else (DEC-32)', () => {
    const of = (id: string, is: NewContact['is'], isEnded = false): Contact => ({
      ...{ ...JO, is, id, personId: PERSON, aliasIds: [], isEnded },
    });
    const contacts = [of('a-parent', 'parent'), of('the-last', 'advocate'), of('the-first', 'advocate', true)];
    const ended = (is: NewContact['is']) => record({ is }, whose('1994-05-17', ...contacts)).ends.map(({ id }) => id);
    expect([ended('advocate'), ended('parent')]).toEqual([['the-last'], []]);
  });
});

describe('a death', () => {
  it('ends what a contact reads by, whoever they are, and nothing of those who read nothing (DEC-32)', () => {
    const of = (id: string, told: Partial<Contact>): Contact => ({
      ...{ ...JO, id, personId: PERSON, aliasIds: [], isEnded: false },
      ...told,
    });
    const readers = [of('consent', {}), of('attorney', { authority: 'lasting-power-of-attorney' })];
    const advocate = of('advocate', { is: 'advocate', authority: 'none' });
    const others = [
      of('ended', { isEnded: true }),
      of('no-account', { account: null }),
      of('may-not-be-told', { mayBeTold: false }),
      of('no-authority', { authority: 'none' }),
    ];
    expect(whoseRightsEndWithDeath([...others, ...readers, advocate])).toEqual([...readers, advocate]);
  });

  it('lets nobody be recorded who would read, and anybody who is only to be told (DEC-32)', () => {
    const who = { ...whose('1994-05-17'), hasDied: true };
    expect(() => record({ is: 'advocate' }, who)).toThrow(refusedWith('person-died'));
    expect(() => record({}, who)).toThrow(refusedWith('person-died'));
    expect(record({ account: null }, who).contact).toMatchObject({ mayBeTold: true, mayBeContacted: true });
  });
});

describe('parental responsibility (PERM-11)', () => {
  const parental = (until: string | null, birthDate: string, today = TODAY) =>
    record({ authority: 'parental-responsibility', until }, whose(birthDate), today);

  it('has an end that is known', () => {
    expect(() => parental(null, '2012-03-17')).toThrow(refusedWith('until-missing'));
    expect(parental('2027-11-25', '2012-03-17').contact.until).toBe('2027-11-25');
  });

  it('is asked for again within the year (CONTACT-01)', () => {
    expect(() => parental('2027-11-26', '2012-03-17')).toThrow(refusedWith('until-too-late'));
  });

  it('ends before the month of the 18th birthday, so that its end tells no birth date (DEC-35)', () => {
    expect(parental('2027-03-01', '2009-03-17').contact.until).toBe('2027-03-01');
    expect(() => parental('2027-03-02', '2009-03-17')).toThrow(refusedWith('until-too-late'));
    expect(() => parental('2027-03-02', '2009-03-01')).toThrow(refusedWith('until-too-late'));
  });

  it('is nobody’s for an adult, from the 18th birthday on', () => {
    expect(() => parental('2027-03-01', '2008-11-25')).toThrow(refusedWith('not-of-an-adult'));
    expect(() => parental('2026-11-26', '2008-11-26')).toThrow(refusedWith('until-too-late'));
  });

  it('whatever is asked for: it holds for a year at most and never at 18, and a refusal tells no birth date', () => {
    const day = (min: string, max: string) =>
      fc
        .date({ min: new Date(min), max: new Date(max), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10));
    const messages = new Map<string, Set<string>>();
    fc.assert(
      fc.property(day('2000-01-01', '2026-11-25'), day('2026-11-26', '2046-12-31'), (birthDate, until) => {
        const adult = ageMilestones(birthDate).find(({ age }) => age === '18')!.on;
        try {
          parental(until, birthDate);
          expect(until <= adult && until <= dueBy('CONTACT-01', TODAY)).toBe(true);
        } catch (error) {
          const { code, message } = error as DomainError;
          messages.set(code, (messages.get(code) ?? new Set()).add(message));
        }
      }),
      { numRuns: 2_000 },
    );
    expect([...messages.keys()].sort()).toEqual(['not-of-an-adult', 'until-too-late']);
    // One sentence each, whoever it is about.
    for (const said of messages.values()) expect(said.size).toBe(1);
  });
});
