import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutRoot } from '../../infra/local/checkout';
import { performancePage } from '../reference/performance';
import type { Bench } from './bench';
import { BENCHES } from './benches';
import type { Figure } from './figures';
import { machine } from './machine';
import { keepResult } from './results';
import { Stage } from './stage';

const HELP = `npm run bench -- [NAME …] [--quick] [--profile FOLDER]
  ${BENCHES.map(({ name, target }) => `${name.padEnd(12)} ${target}`).join('\n  ')}
  --quick: short, keeps nothing. --profile: CPU profiles of the bench's processes, one file each.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (values.help || unknown.length > 0) return (say(HELP), unknown.length);
  const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  let missed = 0;
  for (const bench of chosen) missed += await measure(bench, values.quick, values.profile);
  return missed;
}

/** Servers and workers end with us, however we are ended. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Answers how many targets were not met; what was too noisy is not met either. */
async function measure(bench: Bench, quick: boolean, profile?: string): Promise<number> {
  say(`\n${bench.name}: ${bench.target}`);
  const stage = new Stage({ quick, profile, say });
  const stop = (): void => void stage.close().finally(() => process.exit(130));
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    const figures = await bench.run(stage);
    figures.forEach((figure) => say(line(figure)));
    if (!quick && !profile) {
      keepResult(bench.name, { target: bench.target, machine: await machine(stage), figures });
      writeFileSync(join(checkoutRoot(), 'docs', 'reference', 'performance.md'), performancePage());
    }
    return figures.filter(({ target, met }) => target && !met).length;
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
    await stage.close();
  }
}

function line({ what, unit, median, quartiles, noisy, target, met }: Figure): string {
  const range = `${quartiles.map((value) => value.toPrecision(3)).join(' – ')}`;
  const shown = noisy ? `too noisy (${range})` : `${median.toPrecision(4)} ${unit} (${range})`;
  const verdict = target ? ` ${JSON.stringify(target)} ${met ? 'met' : met === undefined ? 'OPEN' : 'NOT MET'}` : '';
  return `${what}: ${shown}${verdict}`;
}

function say(line: string): void {
  console.log(line);
}

main().then(
  (missed) => process.exit(missed > 0 ? 1 : 0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
