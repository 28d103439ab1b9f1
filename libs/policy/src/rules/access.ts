import { ours, type Rule } from './rule';

const LOOKING = 'dsr-cetr §10 and flow-staffing §5.5 ask for break-glass with audit: no text has a number';

/** How many people one practitioner looks at by break-glass, within the length of PERM-03. */
export const MOST_LOOKS = 10;

/** How long somebody may look who has no relationship with a person, how soon that is reviewed, and how often. */
export const ACCESS: readonly Rule[] = [
  ours('PERM-01', ['HOURS', 'PT4H'], 'Who breaks the glass sees the person for {length}.', LOOKING),
  ours('PERM-02', ['WD', 'P3D'], 'The privacy role reviews a look by break-glass within {length}.', LOOKING),
  ours('PERM-03', ['HOURS', 'PT24H'], 'Within {length} nobody looks at more than ten people by break-glass.', LOOKING),
];
