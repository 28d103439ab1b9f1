import * as fc from 'fast-check';
import { NhsNumber } from './nhs-number';

describe('an NHS number', () => {
  it.each(['9990010005', '9990010013', '9990010021', '999 001 0048', '999-001-0056'])('accepts %s', (text) => {
    expect(NhsNumber.parse(text).value).toMatch(/^\d{10}$/);
  });

  it.each(['0000000000', '9999999999', '9990010006', '999001000', '99900100051', '3478526985', 'abcdefghij', ''])(
    'refuses %s and does not repeat it',
    (text) => {
      expect(NhsNumber.isValid(text)).toBe(false);
      expect(() => NhsNumber.parse(text)).toThrow('This is not a valid NHS number');
    },
  );

  it('notices every single wrong digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const digits = [...'9990010005'];
        digits[place] = String((Number(digits[place]) + shift) % 10);
        return !NhsNumber.isValid(digits.join(''));
      }),
    );
  });
});
