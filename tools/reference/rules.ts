import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Standing } from '@homeward/policy';
import { checkoutRoot } from '../../infra/local/checkout';

export interface LedgerRule {
  id: string;
  /** In our words. */
  says: string;
  standing: Standing;
  /** Suites that prove it without naming its id. */
  tests?: string[];
  /** What will build it; for a rule that nothing proves yet. */
  notBuilt?: string;
}

export interface LedgerSection {
  section: string;
  rules: LedgerRule[];
}

export function ruleLedger(): LedgerSection[] {
  return JSON.parse(readFileSync(join(checkoutRoot(), 'docs', 'reference', 'rules.json'), 'utf8')) as LedgerSection[];
}

const TREES = ['services', 'libs', 'e2e', 'infra'];

/** The text of each suite of the product; those of the tools prove no rule of care. */
export function suites(): Map<string, string> {
  const root = checkoutRoot();
  const files = TREES.flatMap((tree) =>
    readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.spec.ts'))
      .map((file) => join(tree, file)),
  );
  return new Map(files.sort().map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

/** The suites that name the rule, or a case of it (`T-21.child`), and those that the ledger adds. */
export function provenBy({ id, tests = [] }: LedgerRule, all: ReadonlyMap<string, string>): string[] {
  const named = new RegExp(`(?<![\\w-])${id}(?![\\w-])`);
  return [...new Set([...[...all].filter(([, text]) => named.test(text)).map(([file]) => file), ...tests])].sort();
}

/** What is wrong with a rule of the ledger; undefined when it is proven, or says what will build it. */
export function faultOf(rule: LedgerRule, all: ReadonlyMap<string, string>): string | undefined {
  const proofs = provenBy(rule, all);
  const gone = (rule.tests ?? []).find((file) => !existsSync(join(checkoutRoot(), file)));
  if (gone) return `${rule.id} names ${gone}, which is not there`;
  if (proofs.length === 0 && !rule.notBuilt) return `${rule.id} has no test, and nothing that will build it`;
  if (proofs.length > 0 && rule.notBuilt) return `${rule.id} is said not to be built, and ${proofs[0]} names it`;
  return undefined;
}

/** `docs/reference/rules.md` */
export function rulesPage(): string {
  const sections = ruleLedger();
  const all = suites();
  const rules = sections.flatMap((section) => section.rules);
  const open = rules.filter(({ notBuilt }) => notBuilt !== undefined).length;
  return [
    '# Rules, and what proves them',
    'Made from `rules.json` beside it and from the suites that name a rule’s id; `npm run ops -- reference` writes it anew,',
    'and the build fails when a rule has neither a test nor something that will build it. Only law that is in force and',
    'national policy are national requirements; everything else is a setting, and is shown as one.',
    '',
    `${rules.length} rules, ${rules.length - open} with tests, ${open} not built.`,
    '',
    ...sections.flatMap(({ section, rules: its }) => [
      `## ${section}`,
      '| id | rule | standing | proven by |',
      '| --- | --- | --- | --- |',
      ...its.map((rule) => `| ${rule.id} | ${rule.says} | ${rule.standing} | ${proofOf(rule, all)} |`),
      '',
    ]),
  ].join('\n');
}

function proofOf(rule: LedgerRule, all: ReadonlyMap<string, string>): string {
  if (rule.notBuilt) return `*not built*: ${rule.notBuilt}`;
  return provenBy(rule, all)
    .map(
      (file) =>
        `[${file
          .split('/')
          .pop()
          ?.replace(/(\.int)?\.spec\.ts$/, '')}](../../${file})`,
    )
    .join(', ');
}
