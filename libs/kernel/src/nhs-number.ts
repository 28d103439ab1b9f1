import { DomainError } from './domain-error';

const WEIGHTS = [10, 9, 8, 7, 6, 5, 4, 3, 2];

/** Ten digits whose last is the modulus 11 check of the first nine (NHS Data Dictionary, NHS NUMBER). */
export class NhsNumber {
  private constructor(readonly value: string) {}

  static isValid(text: string): boolean {
    return NhsNumber.digitsOf(text) !== undefined;
  }

  /** Accepts `943 476 5919` and `943-476-5919`; the error never repeats what was sent. */
  static parse(text: string): NhsNumber {
    const digits = NhsNumber.digitsOf(text);
    if (!digits)
      throw new DomainError('nhs-number-invalid', 'This is not a valid NHS number: check its ten digits.', 'rule');
    return new NhsNumber(digits);
  }

  private static digitsOf(text: string): string | undefined {
    const digits = text.replace(/[ -]/g, '');
    if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return undefined;
    const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
    const check = (11 - (sum % 11)) % 11;
    return check === Number(digits[9]) ? digits : undefined;
  }
}
