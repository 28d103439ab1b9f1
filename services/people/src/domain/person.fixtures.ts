import type { PersonDetails } from './person';

/** Somebody who does not exist, with a number from the range that is never issued. */
export const ADA: PersonDetails = {
  nhsNumber: '9990010005',
  nhsNumberAbsentReason: null,
  givenName: 'Ada',
  familyName: 'Núñez-García',
  birthDate: '2001-02-03',
  home: { lines: ['1 Long Row'], postcode: 'LS1 1AA', responsibleIcb: 'QZ1' },
  basis: 'autism',
};
export const OTHER_NUMBER = '9990010013';
