/** Why an intake said no, more closely than the national reason; an area may have more (standing: our-default). */
export const LOCAL_REASONS = [
  'no-learning-disability',
  'age',
  'area',
  'mainstream-can-meet',
  'social-care-only',
  'no-consent',
  'no-health-need',
  'already-open',
] as const;

/** Where help may be found instead: routes, not dead ends (ELG-08). Closed, so that nobody’s name travels as a code. */
export const SIGNPOSTS = [
  'advocacy',
  'autism-service',
  'acquired-brain-injury-service',
  'community-mental-health-team',
  'education-service',
  'general-practice',
  'nhs-111',
  'social-care',
  'talking-therapies',
  'voluntary-sector',
  'team-already-supporting',
] as const;
