import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutants } from '../chaos/mutants';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'explanation', 'reliability.md'), 'utf8');

describe.each(mutants())('the mutant $name', ({ name, patch, suite, breaks }) => {
  it('names a suite that exists, and what it breaks', () => {
    expect(existsSync(join(root, suite))).toBe(true);
    expect(breaks).not.toBe('');
  });

  it('still applies', () => {
    execFileSync('git', ['apply', '--check', patch], { cwd: root });
  });

  it('stands in the page on reliability', () => expect(page).toContain(`\`${name}\``));
});
