import { between, pick, type Random } from './random';

export const HOME = { lines: ['1 Example Street'], postcode: 'ZZ99 3WZ', responsibleIcb: 'QZ1' };

export const REJECTION = {
  reasonCode: '02',
  localReasonCode: 'mainstream-can-meet',
  criterionCodes: ['ELG-05'],
  criteriaVersion: '2026-04',
  signpostCodes: ['talking-therapies'],
  riskBand: 'low',
  explanation: 'Made up.',
};

export const referralTo = (intakeTeamId: string) => ({
  intakeTeamId,
  sourceCode: 'A1',
  primaryReasonCode: '26',
  priority: 'soon',
  consent: 'given',
  immediateRisk: false,
  reason: 'Made up.',
});

/** Somebody made up, with a valid NHS number of the range that is never issued. */
export const somebody = (random: Random) => ({
  nhsNumber: nhsNumber(random),
  givenName: pick(random, ['Alex', 'Robin', 'Sam', 'Kim']) ?? 'Alex',
  familyName: `Example${Math.floor(random() * 1e6)}`,
  birthDate: `${Math.floor(between(random, 1950, 2010))}-06-15`,
  basis: 'learning-disability',
  home: HOME,
});

function nhsNumber(random: Random): string {
  for (;;) {
    const digits = `999${String(Math.floor(random() * 1e6)).padStart(6, '0')}`;
    const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check < 10) return `${digits}${check}`;
  }
}
