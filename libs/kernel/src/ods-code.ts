import { DomainError } from './domain-error';

/** The code of an organisation (Organisation Data Service): up to 12 letters and digits, never a stricter form. */
export const ODS_CODE = /^[A-Z0-9]{1,12}$/;
export const isOdsCode = (text: string): boolean => ODS_CODE.test(text);

export function parseOdsCode(text: string): string {
  if (!isOdsCode(text)) {
    throw new DomainError('ods-code-invalid', 'An organisation code is 1 to 12 capital letters and digits.', 'rule');
  }
  return text;
}
