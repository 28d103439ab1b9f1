import { DomainError, NhsNumber, type Day } from '@homeward/kernel';
import { nameKey } from './person';

export type Sought =
  | { by: 'nhs-number'; nhsNumber: string }
  | { by: 'name'; birthDate: Day; familyNameKey: string; givenNameKey: string | null };

export interface SearchFields {
  nhsNumber?: string | null;
  givenName?: string | null;
  familyName?: string | null;
  birthDate?: Day | null;
}

/** By the NHS number alone, or by family name and birth date: fewer would list people whom nobody asked for. */
export function soughtBy({ nhsNumber, givenName, familyName, birthDate }: SearchFields): Sought {
  if (nhsNumber && !givenName && !familyName && !birthDate) {
    return { by: 'nhs-number', nhsNumber: NhsNumber.parse(nhsNumber).value };
  }
  if (nhsNumber || !familyName || !birthDate) {
    throw new DomainError('search-incomplete', 'Search by nhsNumber alone, or by familyName and birthDate.', 'rule');
  }
  const givenNameKey = givenName ? nameKey(givenName) : null;
  return { by: 'name', birthDate, familyNameKey: nameKey(familyName), givenNameKey };
}
