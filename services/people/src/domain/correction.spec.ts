import { correctPerson, type Correction } from './correction';
import { recordDeath } from './death';
import type { KnownPerson, Others } from './known-person';
import { mergePersons } from './merge';
import { ADA, OTHER_NUMBER } from './person.fixtures';

const { nhsNumber, nhsNumberAbsentReason, givenName, familyName, birthDate, basis } = ADA;
const identity = { nhsNumber, nhsNumberAbsentReason, givenName, familyName, birthDate, basis };
const TODAY = '2026-11-25';
const NOBODY: Others = { haveBoth: false, haveNumber: false };
const NUMBER_ONLY: Others = { haveBoth: false, haveNumber: true };
const BOTH: Others = { haveBoth: true, haveNumber: true };

const ada: KnownPerson = {
  personId: 'p-1',
  version: 3,
  identity,
  provisional: false,
  foundByNumber: true,
  death: null,
  mergedInto: null,
};
const questioned: KnownPerson = { ...ada, provisional: true };
const correct = (correction: Correction, others = NOBODY, person = ada) =>
  correctPerson(person, correction, others, TODAY).after;

describe('a correction', () => {
  it('takes the number in the place of the reason, and the reason in the place of the number', () => {
    const without = correct({ nhsNumberAbsentReason: 'said-no' });
    expect(without.identity).toMatchObject({ nhsNumber: null, nhsNumberAbsentReason: 'said-no' });
    const again = correct({ nhsNumber: '999 001 0013' }, NOBODY, without);
    expect(again.identity).toMatchObject({ nhsNumber: OTHER_NUMBER, nhsNumberAbsentReason: null });
  });

  it.each<[string, Correction, string]>([
    [
      'both a number and a reason',
      { nhsNumber: OTHER_NUMBER, nhsNumberAbsentReason: 'said-no' },
      'nhs-number-or-reason',
    ],
    ['a number that is none', { nhsNumber: '9990010006' }, 'nhs-number-invalid'],
    ['a birth date to come', { birthDate: '2026-11-26' }, 'birth-date-invalid'],
    ['a name without a letter', { givenName: '--' }, 'name-missing'],
    ['what stands already', { givenName: ' Ada', nhsNumber: '999-001-0005' }, 'nothing-corrected'],
    ['nothing', {}, 'nothing-corrected'],
  ])('is refused for %s', (_, correction, code) => {
    expect(() => correct(correction)).toThrow(expect.objectContaining({ code, kind: 'rule' }));
  });
});

describe('whose a number is', () => {
  const settled = { provisional: false, foundByNumber: true };
  it.each<[string, Correction, Others, KnownPerson, object]>([
    ['nobody else has it: settled', { nhsNumber: OTHER_NUMBER }, NOBODY, ada, settled],
    [
      'somebody else has it: provisional',
      { nhsNumber: OTHER_NUMBER },
      NUMBER_ONLY,
      ada,
      { ...settled, provisional: true },
    ],
    [
      'with the birth date: not found by it',
      { nhsNumber: OTHER_NUMBER },
      BOTH,
      ada,
      { provisional: true, foundByNumber: false },
    ],
    ['it was theirs before others came: kept', { birthDate: '2001-02-04' }, NUMBER_ONLY, ada, settled],
    ['a name alone asks nobody', { givenName: 'Adah' }, BOTH, ada, settled],
    ['no number at all: settled', { nhsNumberAbsentReason: 'never-issued' }, BOTH, questioned, settled],
    ['the other one has it no more: settled', {}, NOBODY, questioned, settled],
    ['the other one still has it', { basis: 'both' }, NUMBER_ONLY, questioned, { ...settled, provisional: true }],
  ])('%s', (_, correction, others, person, standing) => {
    expect(correct(correction, others, person)).toMatchObject({ version: 4, ...standing });
  });
});

describe('a death', () => {
  const record = (on: string, person = ada) =>
    recordDeath(person, { on, at: null }, 'e-2', '2026-11-25T09:00:00.000000Z', TODAY);
  it('told otherwise corrects the event before; told again it is nothing new', () => {
    expect(record('2026-11-24')).toMatchObject({ died: { on: '2026-11-24', eventId: 'e-2' }, corrects: null });
    const dead = { ...ada, death: { on: '2026-11-20', at: null, eventId: 'e-1' } };
    expect(record('2026-11-21', dead)).toMatchObject({ corrects: 'e-1' });
    expect(record('2026-11-20', dead)).toBeNull();
  });
});

describe('a merge', () => {
  it('settles a survivor whose number nobody but the old id had', () => {
    const { survivor, old } = mergePersons({ ...ada, personId: 'p-0', version: 9 }, questioned, ['p-9'], NOBODY);
    expect(survivor).toMatchObject({ version: 10, provisional: false, foundByNumber: true, mergedInto: null });
    expect(old).toMatchObject({ version: 10, foundByNumber: false, mergedInto: 'p-1' });
  });
});
