import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { provenBy, ruleLedger, suites, type LedgerRule } from '../reference/rules';
import { copyOfTree, verdictOf } from './mutants';
import { seeded, shuffled } from './random';
import { withoutRule } from './without-rule';

const SHARE = 10;
/** A rule that many suites name is proven by the first of them that turns red; more are not asked. */
const MOST_SUITES = 6;

/**
 * Takes the code of a random tenth of the rules away, one by one, and sees a suite of theirs turn red: a test that stays
 * green without the rule proves nothing. Answers how many stayed green, or carry no code that could be taken away.
 */
export function rulesRemoved(seed: number, say: (line: string) => void): number {
  const built = ruleLedger()
    .flatMap(({ rules }) => rules)
    .filter(({ notBuilt }) => notBuilt === undefined);
  const drawn = shuffled(seeded(seed), built).slice(0, Math.ceil(built.length / SHARE));
  say(`${drawn.length} of ${built.length} rules that are built, drawn by seed ${seed}`);
  const copy = copyOfTree();
  try {
    return drawn.filter((rule) => !isNoticed(copy, rule, say)).length;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function isNoticed(copy: string, rule: LedgerRule, say: (line: string) => void): boolean {
  const places = sources(copy).flatMap((file) => {
    const removal = withoutRule(readFileSync(join(copy, file), 'utf8'), rule.id);
    return removal ? [{ file, ...removal }] : [];
  });
  const proofs = provenBy(rule, suites()).slice(0, MOST_SUITES);
  if (places.length === 0) return (say(`NO CODE ${rule.id}: ${rule.says}`), false);
  const whole = places.map(({ file }) => ({ file, text: readFileSync(join(copy, file), 'utf8') }));
  try {
    places.forEach(({ file, text }) => writeFileSync(join(copy, file), text));
    const red = proofs.find((suite) => verdictOf(copy, { suite, needsKafka: false }) === 'caught');
    const where = places.map(({ file, line }) => `${file}:${line}`).join(', ');
    say(
      red ? `red     ${rule.id} without ${where}: ${red}` : `GREEN   ${rule.id} without ${where}: ${proofs.join(', ')}`,
    );
    return red !== undefined;
  } finally {
    whole.forEach(({ file, text }) => writeFileSync(join(copy, file), text));
  }
}

function sources(copy: string): string[] {
  return ['services', 'libs', 'infra', 'tools/reference'].flatMap((tree) =>
    readdirSync(join(copy, tree), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.(spec|fixture|fixtures)\.ts$/.test(file))
      .map((file) => join(tree, file)),
  );
}
