import { parseArgs } from 'node:util';
import { accessMutants } from './access-mutants';
import { runAccessMutants, sampleOf } from './run-access-mutants';

const HELP = `npm run access -- [--sample N] [WORD]
Drops, inverts and widens each permission, each relationship condition and each row-level policy once, in a copy of the
tree, and says which share of these the suites caught. All of them take over an hour; --sample takes N from over the whole list.`;
const ENOUGH = 0.95;

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { sample: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) return (console.log(HELP), 0);
  const all = accessMutants().filter(({ name }) => name.includes(positionals[0] ?? ''));
  const chosen = values.sample ? sampleOf(all, Number(values.sample)) : all;
  const caught = runAccessMutants(chosen, (line) => console.log(line));
  const share = caught / chosen.length;
  console.log(`${caught} of ${chosen.length} caught: ${(share * 100).toFixed(1)} % (of ${all.length} there are)`);
  return share >= ENOUGH ? 0 : 1;
}

process.exit(main());
