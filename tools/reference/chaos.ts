import type { Distribution } from '../chaos/distribution';
import { type Bar, type ChaosReport, readReports } from '../chaos/report';

/** `docs/reference/chaos.md`: what `npm run chaos -- --report` wrote into `chaos.json`, to be read. */
export function chaosPage(): string {
  const reports = Object.values(readReports());
  return [
    '# Under faults',
    'Made from [chaos.json](chaos.json), which `npm run chaos -- --report` writes; `npm run ops -- reference` writes this',
    'page anew. What is done to the system, and what the checker believes, is told in',
    '[reliability](../explanation/reliability.md).',
    '',
    '```sh run=no',
    'npm run chaos                                  # short: 24 kills, each other fault once',
    'npm run chaos -- --kills 1000 --report         # on the Postgres log',
    'npm run chaos -- --kills 1000 --report --kafka # on Kafka',
    'npm run chaos -- --negative-control            # must fail',
    '```',
    '',
    '`--seed N` repeats a run’s choices; its timing no seed repeats.',
    '',
    ...(reports.length === 0 ? ['Nothing has been published yet.', ''] : reports.flatMap(section)),
  ].join('\n');
}

function section(report: ChaosReport): string[] {
  const { machine, kills, checked, holders, outage, recovery, takeover } = report;
  const commands = Object.values(report.commands).reduce((sum, count) => sum + count, 0);
  return [
    `## ${kills.total} kills on ${report.log === 'kafka' ? 'Kafka' : 'the Postgres log'}`,
    `At commit ${machine.commit}, ${machine.at}: Node ${machine.node}, ${machine.cores} cores (${machine.processor}), ` +
      `seed ${report.seed}, ${report.callers} callers, ${report.minutes} minutes.`,
    '',
    '| what was seen | |',
    '| --- | --- |',
    `| violations | **${report.failed}** |`,
    `| commands accepted, each with its events once | ${number(commands)} (${Object.keys(report.commands).length} kinds) |`,
    `| events, each stream’s first occurrences in order | ${number(checked.events)}, about ${number(checked.people)} people |`,
    `| repeats in the log, which readers drop | ${number(checked.repeats)} |`,
    `| sends that got no answer and were sent again | ${number(report.sentAgain)} |`,
    `| \`/holders\` asked, and without a holder | ${number(holders.asked)}, ${holders.without} |`,
    ...(outage
      ? [
          `| while the log was away for ${outage.seconds} s: commands accepted, requests not answered | ` +
            `${number(outage.accepted)}, ${outage.notAnswered} |`,
        ]
      : []),
    '',
    '| fault | times |',
    '| --- | --- |',
    `| SIGKILL of a process | ${kills.total}, ${kills.ofRelays} of them carrying an outbox |`,
    ...Object.entries(report.otherFaults).map(([what, times]) => `| ${what} | ${times} |`),
    '',
    `By process: ${Object.entries(kills.byProcess)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}. ${report.endedByThemselves} times a process ended by itself and was started again.`,
    '',
    ...times('From the start after a kill until the process is ready', recovery),
    ...times(
      'From the kill of an outbox’s carrier until another carries it (the other one may be down as well)',
      takeover,
    ),
    '| commands | accepted |',
    '| --- | --- |',
    ...Object.entries(report.commands).map(([kind, count]) => `| ${kind} | ${number(count)} |`),
    '',
  ];
}

function times(what: string, { alone, amidOthers, histogram }: ChaosReport['recovery']): string[] {
  const row = (name: string, { count, p50, p90, p99, max }: Distribution): string =>
    `| ${name} | ${count} | ${[p50, p90, p99, max].map(seconds).join(' | ')} |`;
  return [
    `### ${what}`,
    '| | kills | half | 90 % | 99 % | slowest |',
    '| --- | --- | --- | --- | --- | --- |',
    row('nothing else wrong', alone),
    row('amid another fault', amidOthers),
    '',
    '```',
    ...bars(histogram),
    '```',
    '',
  ];
}

function bars(histogram: Bar[]): string[] {
  const most = Math.max(1, ...histogram.map(({ count }) => count));
  const bounds = histogram.map(({ below }) => (below === null ? 'longer' : `< ${seconds(below)}`));
  return histogram.map(({ count }, i) =>
    `${(bounds[i] ?? '').padStart(9)} ${String(count).padStart(5)} ${'█'.repeat(Math.ceil((count * 50) / most))}`.trimEnd(),
  );
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(milliseconds < 1_000 ? 2 : 1)} s`;
const number = (value: number): string => value.toLocaleString('en-GB');
