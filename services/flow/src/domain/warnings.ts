/** A rule that was not followed, or something that does not fit; it warns and stops nothing (DEC-01). */
export interface Warning {
  code: keyof typeof WARNINGS;
  rule: string;
  standing: string;
  detail: string;
}

const WARNINGS = {
  'already-in-hospital': ['DEC-01', 'A hospital stay was known already: it is recorded as a move.'],
  'no-stay-known': ['DEC-01', 'No hospital stay was known at that instant.'],
  'after-the-death': ['DEC-05', 'It lies after the recorded death, and changes nobody’s responsibility.'],
  'no-community-team': ['DEC-02', 'No community team was known to stay named beside the hospital.'],
  'discharge-not-accepted': [
    'DEC-02',
    'The community team answers from now on, and has not accepted: both teams are asked.',
  ],
  'practitioner-not-in-team': ['CC-01', 'Whoever was named is not known in that team.'],
  'duty-too-long': ['DEC-04', 'The duty ends later than a duty may; it can be renewed.'],
} as const;

export function warn(code: Warning['code']): Warning {
  const [rule, detail] = WARNINGS[code];
  return { code, rule, standing: 'our-default', detail };
}
