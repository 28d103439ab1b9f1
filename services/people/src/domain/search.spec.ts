import { soughtBy } from './search';

describe('a search', () => {
  it('is by the NHS number alone', () => {
    expect(soughtBy({ nhsNumber: '999 001 0005' })).toEqual({ by: 'nhs-number', nhsNumber: '9990010005' });
  });

  it('or by family name and birth date, and a given name where there is one', () => {
    const born = { by: 'name', birthDate: '2001-02-03', familyNameKey: 'obrien' };
    expect(soughtBy({ familyName: "O'Brien", birthDate: '2001-02-03' })).toEqual({ ...born, givenNameKey: null });
    expect(soughtBy({ familyName: 'O Brien', birthDate: '2001-02-03', givenName: 'Zoë' })).toEqual({
      ...born,
      givenNameKey: 'zoe',
    });
  });

  it.each([
    [{}],
    [{ familyName: 'Example' }],
    [{ birthDate: '2001-02-03' }],
    [{ givenName: 'Ada', birthDate: '2001-02-03' }],
    [{ nhsNumber: '9990010005', familyName: 'Example', birthDate: '2001-02-03' }],
    [{ nhsNumber: null, familyName: null, birthDate: null }],
  ])('is refused with less, or with both: %j', (fields) => {
    expect(() => soughtBy(fields)).toThrow(expect.objectContaining({ code: 'search-incomplete' }));
  });

  it('is refused by a number that is none', () => {
    expect(() => soughtBy({ nhsNumber: '9990010006' })).toThrow(
      expect.objectContaining({ code: 'nhs-number-invalid' }),
    );
  });
});
