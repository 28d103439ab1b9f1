import type { Calibration } from './calibration';
import type { Random } from './random';

const GIVEN = ['Ada', 'Ben', 'Cleo', 'Dev', 'Ella', 'Femi', 'Grace', 'Hari', 'Isla', 'Jay', 'Kit', 'Lena', 'Mo', 'Nia'];
const FAMILY = [
  'Ashgrove',
  'Birchley',
  'Cloverdale',
  'Dunmere',
  'Elmstow',
  'Fernhill',
  'Goldacre',
  'Hazelby',
  'Ivyside',
];

/** Somebody who does not exist, with a number of the range that is never issued. */
export function somebody(random: Random, calibration: Calibration, index: number, year: number) {
  const age = Math.floor(random.inBand(calibration.ageInYears));
  const month = 1 + Math.floor(random.next() * 12);
  const day = 1 + Math.floor(random.next() * 28);
  return {
    ...(random.chance(calibration.hasNoNhsNumber)
      ? { nhsNumberAbsentReason: 'not-known' }
      : { nhsNumber: nhsNumber(index) }),
    givenName: random.among(GIVEN),
    familyName: random.among(FAMILY),
    birthDate: `${year - age}-${two(month)}-${two(day)}`,
    basis: random.weighted(calibration.basis),
    home: home(random),
  };
}

/** ZZ99 is no postcode of anywhere. */
export const home = (random: Random) => ({
  lines: [`${1 + Math.floor(random.next() * 200)} Example Street`],
  postcode: 'ZZ99 3WZ',
  responsibleIcb: 'QZ1',
});

/** 999, then a number of its own for each person, then the check digit; two neighbours are never both without one. */
export function nhsNumber(index: number): string {
  const number = 200_000 + index * 2;
  return withCheckDigit(number) ?? withCheckDigit(number + 1) ?? '';
}

function withCheckDigit(number: number): string | undefined {
  const digits = `999${number}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? undefined : `${digits}${check}`;
}

const two = (n: number): string => String(n).padStart(2, '0');
