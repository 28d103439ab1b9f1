import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';

export interface Mutant {
  name: string;
  patch: string;
  /** The suite that must turn red, and the one mechanism that the patch breaks. */
  suite: string;
  breaks: string;
  /** Only the suite's Kafka half can tell; the others run without a broker, which is quicker. */
  needsKafka: boolean;
}

export function mutants(): Mutant[] {
  const folder = join(checkoutRoot(), 'tools', 'mutants');
  const files = readdirSync(folder).filter((file) => file.endsWith('.patch'));
  return files.sort().map((file) => {
    const patch = join(folder, file);
    const text = readFileSync(patch, 'utf8');
    const line = (name: string): string => new RegExp(`^${name}: (.+)$`, 'm').exec(text)?.[1] ?? '';
    return {
      name: file.replace('.patch', ''),
      patch,
      suite: line('suite'),
      breaks: line('breaks'),
      needsKafka: line('needs') === 'kafka',
    };
  });
}

/** As many as asked for, other ones each day, so that a month of runs has seen all. */
export function inTurn(all: Mutant[], count: number, now: Date): Mutant[] {
  const first = (Math.floor(now.getTime() / 86_400_000) * count) % all.length;
  return [...all, ...all].slice(first, first + Math.min(count, all.length));
}

/** Runs the mutants' suites on mutated copies; answers how many were caught and how many lived. */
export function runMutants(chosen: Mutant[], say: (line: string) => void): { caught: number; alive: number } {
  let caught = 0;
  for (const mutant of chosen) {
    const began = Date.now();
    const verdict = judge(mutant);
    if (verdict === 'caught') caught += 1;
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    say(`${verdict === 'caught' ? 'caught' : 'ALIVE '}  ${mutant.name}: ${mutant.breaks} (${seconds} s)`);
    if (verdict !== 'caught') say(`        ${verdict}`);
  }
  return { caught, alive: chosen.length - caught };
}

function judge(mutant: Mutant): string {
  const copy = copyOfTree();
  try {
    applyTo(copy, mutant);
    return verdictOf(copy, mutant);
  } catch (error) {
    return `the patch does not apply any more: ${error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : ''}`;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

export function applyTo(copy: string, { patch }: Mutant): void {
  execFileSync('git', ['apply', '--whitespace=nowarn', patch], { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The longest suite takes two minutes alone. */
const PATIENCE_MS = 900_000;

type Judge = Pick<Mutant, 'suite' | 'needsKafka'>;

/**
 * Red by an assertion is a catch. Red because nothing could run is not, nor one that did not come to its end. `first`:
 * the tests that are asked first, a pattern of their names; all of them, if these stay green.
 */
export function verdictOf(copy: string, judge: Judge, first?: string): string {
  if (first && verdictBy(copy, judge, ['--testNamePattern', first]) === 'caught') return 'caught';
  return verdictBy(copy, judge);
}

function verdictBy(copy: string, { suite, needsKafka }: Judge, tests: string[] = []): string {
  const results = join(copy, 'results.json');
  rmSync(results, { force: true });
  const jest = join(copy, 'node_modules', '.bin', 'jest');
  const environment = join(copy, 'tools', 'chaos', 'until-the-first-failure.ts');
  const flags = ['--json', `--outputFile=${results}`, '--forceExit', '--env', environment, ...tests];
  const env = { ...process.env, KAFKA: needsKafka ? 'required' : 'off' };
  spawnSync(jest, [...flags, '--runTestsByPath', suite], { cwd: copy, env, stdio: 'ignore', timeout: PATIENCE_MS });
  if (!existsSync(results)) return `its suite did not come to its end: ${suite}`;
  const seen = JSON.parse(readFileSync(results, 'utf8')) as { numFailedTests: number; numTotalTests: number };
  if (seen.numTotalTests === 0) return `its suite ran no test: ${suite}`;
  return seen.numFailedTests > 0 ? 'caught' : `its suite stayed green: ${suite}`;
}

/** The tree as it stands in the working folder, with the installed packages linked in. */
export function copyOfTree(): string {
  const root = checkoutRoot();
  const copy = mkdtempSync(join(tmpdir(), 'homeward-mutant-'));
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  for (const file of files.split('\0').filter((name) => name !== '')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  execFileSync('git', ['init', '-q'], { cwd: copy });
  return copy;
}
