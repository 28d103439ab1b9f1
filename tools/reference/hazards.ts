import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';

export const SEVERITIES = ['minor', 'significant', 'considerable', 'major', 'catastrophic'] as const;
export const LIKELIHOODS = ['very-low', 'low', 'medium', 'high', 'very-high'] as const;

interface Estimate {
  severity: (typeof SEVERITIES)[number];
  likelihood: (typeof LIKELIHOODS)[number];
}

export interface Control {
  what: string;
  /** `path/to/suite.spec.ts › the title of a test in it, or its beginning` */
  tests: string[];
}

export interface Hazard {
  id: string;
  hazard: string;
  causes: string[];
  /** What it may do to somebody. */
  effect: string;
  before: Estimate;
  controls: Control[];
  after: Estimate;
  /** What is left, in words. */
  residual: string;
}

/** The risk of DCB0129’s example matrix: a row for each likelihood, lowest first, a column for each severity. */
const RISKS = [
  [1, 1, 2, 2, 3],
  [1, 2, 2, 3, 4],
  [2, 2, 3, 3, 4],
  [2, 3, 3, 4, 5],
  [3, 4, 4, 5, 5],
];
/** Above it nothing may be released; up to 2 it is acceptable, at 3 only when it is as low as can reasonably be had. */
export const TOLERABLE = 3;

export const riskOf = ({ severity, likelihood }: Estimate): number =>
  RISKS[LIKELIHOODS.indexOf(likelihood)]?.[SEVERITIES.indexOf(severity)] ?? NaN;

const FOLDER = ['docs', 'clinical-safety'];

export function hazards(): Hazard[] {
  const text = readFileSync(join(checkoutRoot(), ...FOLDER, 'hazards.json'), 'utf8');
  return (JSON.parse(text) as { hazards: Hazard[] }).hazards;
}

/** What names no test that exists: a control counts only while its test is there (AUD-04). */
export function unproven(controls: readonly Control[]): string[] {
  return controls.flatMap(({ what, tests }) =>
    tests.length === 0
      ? [`${what}: names no test`]
      : tests.filter((test) => !exists(test)).map((test) => `${test}: is not there`),
  );
}

function exists(test: string): boolean {
  const [suite = '', title = ''] = test.split(' › ');
  const file = join(checkoutRoot(), suite);
  return suite.endsWith('.spec.ts') && title !== '' && existsSync(file) && readFileSync(file, 'utf8').includes(title);
}

/** `docs/clinical-safety/hazard-log.md` */
export function hazardLogPage(): string {
  return [
    '# Hazard log',
    'Made from `hazards.json` beside it; `npm run ops -- reference` writes it anew. After DCB0129: what may harm somebody,',
    'how, what is done against it, and what is left. Each control names the tests that prove it, and the build fails when one',
    'of them is not there. Who runs Homeward keeps a log of their own beside this one (DCB0160): staffing, training and local',
    'settings are theirs.',
    '',
    'A risk is 1 to 5, from severity and likelihood: 1 and 2 are acceptable, 3 is borne only where less cannot reasonably be',
    'had, 4 and 5 are not released.',
    '',
    '| | hazard | risk before | risk after |',
    '| --- | --- | --- | --- |',
    ...hazards().map(({ id, hazard, before, after }) => `| ${id} | ${hazard} | ${riskOf(before)} | ${riskOf(after)} |`),
    '',
    ...hazards().flatMap(section),
  ].join('\n');
}

function section({ id, hazard, causes, effect, before, controls, after, residual }: Hazard): string[] {
  return [
    `## ${id}: ${hazard}`,
    `**Effect.** ${effect}`,
    '',
    '**Causes.**',
    '',
    ...causes.map((cause) => `- ${cause}`),
    '',
    '| control | proven by |',
    '| --- | --- |',
    ...controls.map(({ what, tests }) => `| ${what} | ${tests.map(linked).join('<br>')} |`),
    '',
    `**Before:** ${inWords(before)}. **After:** ${inWords(after)}. ${residual}`,
    '',
  ];
}

function linked(test: string): string {
  const [suite = '', title = ''] = test.split(' › ');
  return `[${title}](../../${suite})`;
}

const inWords = (estimate: Estimate): string =>
  `${estimate.severity}, likelihood ${estimate.likelihood.replace('-', ' ')}: risk ${riskOf(estimate)}`;
