import type { Figure, Target } from '../bench/figures';
import { readResults, type Result } from '../bench/results';

/** `docs/reference/performance.md`: what `npm run bench` wrote into `bench.json`, to be read. */
export function performancePage(): string {
  const results = Object.entries(readResults());
  return [
    '# Performance',
    'Made from [bench.json](bench.json), which `npm run bench` writes; `npm run ops -- reference` writes this page anew.',
    '',
    '```sh run=no',
    'npm run bench              # all',
    'npm run bench -- write     # one',
    'npm run bench -- --quick   # short, to see that they work; keeps nothing',
    '```',
    '',
    'Use a machine that does nothing else. Each bench starts a PostgreSQL of its own with every commit flushed, and where',
    'the event log is in it, both logs; load generators, servers and baselines are processes of their own. Two sides are',
    'measured in turn (A, B, B, A, at least seven pairs), after a warm-up; what is shown is the median of the pairs’',
    'ratios with its quartiles. Where the quartiles are over 15 % apart there is no figure, only *too noisy*, and whether',
    'both are on one side of what is wanted. Baselines are in `tools/bench/baselines`: hand-written, with prepared',
    'statements. Trust ratios more than absolute figures, which',
    'are the machine’s.',
    '',
    ...(results.length === 0 ? ['Nothing has been measured yet.', ''] : results.flatMap(section)),
  ].join('\n');
}

function section([name, { target, machine, figures }]: [string, Result]): string[] {
  const { commit, at, node, postgres, cores, processor } = machine;
  return [
    `## ${name}`,
    target,
    '',
    '| what | median | quartiles | wanted | |',
    '| --- | --- | --- | --- | --- |',
    ...figures.flatMap(rows),
    '',
    `At commit ${commit}, ${at}: Node ${node}, PostgreSQL ${postgres}, ${cores} cores (${processor}).`,
    '',
  ];
}

function rows(figure: Figure): string[] {
  const { what, unit, median, quartiles, noisy, target, met, pairs } = figure;
  const sides = pairs ? [pairs.a, pairs.b].map((side) => `${side.what} ${number(side.median)} ${side.unit}`) : [];
  const shown = noisy ? '*too noisy*' : `**${number(median)}**${unit === 'ratio' ? '' : ` ${unit}`}`;
  const verdict = met === undefined ? '' : met ? 'met' : '**not met**';
  const detail = sides.length > 0 ? `${what}: ${sides.join(', ')}` : what;
  return [`| ${detail} | ${shown} | ${quartiles.map(number).join(' – ')} | ${wanted(target)} | ${verdict} |`];
}

const wanted = (target: Target | undefined): string => {
  if (!target) return '';
  return 'atLeast' in target ? `≥ ${number(target.atLeast)}` : `≤ ${number(target.atMost)}`;
};

function number(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-GB');
  return String(Number(value.toPrecision(3)));
}
