import * as fc from 'fast-check';
import {
  nameKey,
  raisesIdentityQuestion,
  registerPerson,
  type Match,
  type PersonDetails,
  type RegisterPerson,
} from './person';

const details: PersonDetails = {
  nhsNumber: '999 001 0005',
  nhsNumberAbsentReason: null,
  givenName: ' Ada ',
  familyName: 'Example',
  birthDate: '2001-02-03',
  home: { lines: ['1 Long Row'], postcode: 'ls11aa', responsibleIcb: 'QZ1' },
  basis: 'autism',
};
const command: RegisterPerson = {
  registrationId: 'r-1',
  newPersonId: 'p-new',
  organisation: 'A99001',
  today: '2026-11-25',
  details,
};
const nothing: Match = { agrees: 'nothing' };
const given = (match: Match, change: Partial<PersonDetails> = {}) =>
  registerPerson({ ...command, details: { ...details, ...change } }, match);

describe('registering a person', () => {
  it('whom nobody knows: makes a new person', () => {
    expect(given(nothing)).toMatchObject({ personId: 'p-new', newToIndex: true, provisional: false });
  });

  it('whose number and birth date are known: means that person', () => {
    const match: Match = { agrees: 'number-and-birth-date', personId: 'p-1', provisional: false };
    expect(given(match)).toMatchObject({ personId: 'p-1', newToIndex: false, provisional: false });
  });

  it('whose number is known with another birth date: makes a provisional person, for somebody to settle', () => {
    const registered = given({ agrees: 'number-only' });
    expect(registered).toMatchObject({ personId: 'p-new', newToIndex: true, provisional: true });
    expect(raisesIdentityQuestion(registered)).toBe(true);
  });

  it('who is still provisional: means that person and asks nobody a second time', () => {
    const registered = given({ agrees: 'number-and-birth-date', personId: 'p-1', provisional: true });
    expect(registered).toMatchObject({ personId: 'p-1', provisional: true });
    expect(raisesIdentityQuestion(registered)).toBe(false);
  });

  it('without a number, for a reason: makes a new person', () => {
    const registered = given(nothing, { nhsNumber: null, nhsNumberAbsentReason: 'not-known' });
    expect(registered).toMatchObject({ personId: 'p-new', details: { nhsNumber: null } });
  });

  it('writes numbers, names and postcodes in one form', () => {
    expect(given(nothing).details).toMatchObject({
      nhsNumber: '9990010005',
      givenName: 'Ada',
      home: { postcode: 'LS1 1AA' },
    });
  });

  it.each<[string, Partial<PersonDetails>, string]>([
    ['a number that is none', { nhsNumber: '9990010006' }, 'nhs-number-invalid'],
    ['neither number nor reason', { nhsNumber: null }, 'nhs-number-or-reason'],
    ['both number and reason', { nhsNumberAbsentReason: 'not-known' }, 'nhs-number-or-reason'],
    ['a birth date that is no day', { birthDate: '2001-02-29' }, 'birth-date-invalid'],
    ['a birth date in the future', { birthDate: '2026-11-26' }, 'birth-date-invalid'],
    ['a birth date over 130 years ago', { birthDate: '1896-11-24' }, 'birth-date-invalid'],
    ['a name without a letter', { familyName: ' - ' }, 'name-missing'],
    ['a postcode that is none', { home: { ...details.home, postcode: '12345' } }, 'postcode-invalid'],
    [
      'an integrated care board that is no code',
      { home: { ...details.home, responsibleIcb: 'qz-1' } },
      'ods-code-invalid',
    ],
  ])('refuses %s and does not repeat it', (_, change, code) => {
    expect(() => given(nothing, change)).toThrow(expect.objectContaining({ code, kind: 'rule' }));
    const sent = Object.values(change).find((value) => typeof value === 'string' && value.length > 4);
    if (sent !== undefined) expect(() => given(nothing, change)).not.toThrow(String(sent));
  });

  it('accepts somebody born today', () => {
    expect(given(nothing, { birthDate: '2026-11-25' }).newToIndex).toBe(true);
  });
});

/** What `match_person` does, over the registrations so far. */
function matchAmong(events: ReturnType<typeof registerPerson>[], { nhsNumber, birthDate }: PersonDetails): Match {
  const withNumber = events.filter((event) => nhsNumber !== null && event.details.nhsNumber === nhsNumber);
  const same = withNumber.find((event) => event.details.birthDate === birthDate);
  if (same) return { agrees: 'number-and-birth-date', personId: same.personId, provisional: same.provisional };
  return { agrees: withNumber.length > 0 ? 'number-only' : 'nothing' };
}

describe('whatever is registered, in whatever order', () => {
  const registrations = fc.array(
    fc.record({
      nhsNumber: fc.constantFrom('9990010005', '9990010013', null),
      birthDate: fc.constantFrom('2001-02-03', '2002-03-04', '2003-04-05'),
    }),
    { maxLength: 20 },
  );

  it('a number has at most one settled person, and one person for each birth date given with it', () => {
    fc.assert(
      fc.property(registrations, (sent) => {
        const events: ReturnType<typeof registerPerson>[] = [];
        sent.forEach(({ nhsNumber, birthDate }, n) => {
          const one: PersonDetails = {
            ...details,
            nhsNumber,
            nhsNumberAbsentReason: nhsNumber === null ? 'not-known' : null,
            birthDate,
          };
          const match = matchAmong(events, one);
          events.push(registerPerson({ ...command, newPersonId: `p-${n}`, details: one }, match));
        });
        for (const number of ['9990010005', '9990010013']) {
          const those = events.filter(({ details: { nhsNumber } }) => nhsNumber === number);
          expect(new Set(those.filter((e) => !e.provisional).map((e) => e.personId)).size).toBe(
            Math.min(those.length, 1),
          );
          expect(new Set(those.map((e) => e.personId)).size).toBe(new Set(those.map((e) => e.details.birthDate)).size);
        }
        const unnumbered = events.filter((e) => e.details.nhsNumber === null);
        expect(new Set(unnumbered.map((e) => e.personId)).size).toBe(unnumbered.length);
      }),
    );
  });
});

describe('names are compared', () => {
  it.each([
    ["O'Brien", 'obrien'],
    ['Núñez–García', 'nunezgarcia'],
    ['de la Cruz', 'delacruz'],
    ['Ångström', 'angstrom'],
  ])('%s as %s', (name, key) => expect(nameKey(name)).toBe(key));
});
