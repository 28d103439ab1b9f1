import { parseArgs } from 'node:util';
import { mutants, inTurn, runMutants } from './mutants';
import { negativeControl } from './negative-control';
import { publish, type ChaosReport } from './report';
import { rulesRemoved } from './rules-removed';
import { chaos } from './run';

const HELP = `npm run chaos -- [--kills N] [--callers N] [--kafka] [--containers] [--seed N] [--outage SECONDS] [--report] [--negative-control]
npm run chaos -- --mutants [--turn N] [WORD]
npm run chaos -- --rules [--seed N]`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kills: { type: 'string', default: '24' },
      callers: { type: 'string', default: '12' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      outage: { type: 'string', default: '60' },
      kafka: { type: 'boolean', default: false },
      containers: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      mutants: { type: 'boolean', default: false },
      turn: { type: 'string' },
      rules: { type: 'boolean', default: false },
      'negative-control': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return (say(HELP), 0);
  if (values.mutants) {
    const all = mutants().filter(({ name }) => name.includes(positionals[0] ?? ''));
    const { caught, alive } = runMutants(values.turn ? inTurn(all, Number(values.turn), new Date()) : all, say);
    say(`${caught} caught, ${alive} alive`);
    return alive;
  }
  if (values.rules) return rulesRemoved(Number(values.seed), say);
  if (values['negative-control']) return negativeControl(process.argv.slice(2), say);
  const options = {
    kills: Number(values.kills),
    callers: Number(values.callers),
    seed: Number(values.seed),
    outage: Number(values.outage) * 1_000,
    kafka: values.kafka,
    containers: values.containers,
  };
  const report = await chaos(options, say);
  tell(report);
  if (values.report) publish(report);
  return report.failed;
}

function tell(report: ChaosReport): void {
  const { kills, otherFaults, commands, recovery, takeover, outage, holders, found, failed } = report;
  say(`commands: ${list(commands)}; ${report.sentAgain} sends repeated`);
  say(`faults: ${kills.total} kills (${kills.ofRelays} of relays), ${list(otherFaults)}`);
  say(
    `back in ms, alone: ${JSON.stringify(recovery.alone)}, amid another fault: ${JSON.stringify(recovery.amidOthers)}`,
  );
  say(`another relay in ms, alone: ${JSON.stringify(takeover.alone)}, amid: ${JSON.stringify(takeover.amidOthers)}`);
  if (outage) say(`${outage.accepted} commands accepted while the log was away for ${outage.seconds} s`);
  say(`/holders was asked ${holders.asked} times, ${holders.without} times without a holder`);
  for (const line of found) say(line);
  say(failed === 0 ? 'Nothing lost, nothing reordered, nothing twice.' : `${failed} violations`);
}

const list = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

function say(line: string): void {
  console.log(line);
}

main().then(
  (violations) => process.exit(violations > 0 ? 1 : 0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
