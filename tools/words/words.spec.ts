import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findWords } from './words';

const root = join(__dirname, '..', '..');
/** The glossary maps other people's words to ours; this folder lists them; national code lists keep their terms. */
const QUOTING = [/^docs\/glossary\.md$/, /^tools\/words\//, /national-codes/];
const READ = /\.(ts|mjs|md|json|ya?ml|sql)$/;

describe('the words check', () => {
  it.each([
    'a service user',
    'serviceUserId',
    'SERVICE_USER',
    'her placement',
    'the cohort',
    'caseload.v1',
    'step-down',
  ])('finds "%s"', (text) => expect(findWords(text)).toHaveLength(1));

  it.each(['a person', 'inpatient team', 'an API client', 'embedded', 'patience', 'replacement'])(
    'passes "%s"',
    (text) => expect(findWords(text)).toEqual([]),
  );

  it('finds none in docs, API texts, enums, event names and code', () => {
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
    const found = files
      .split('\n')
      .filter((file) => READ.test(file) && file !== 'package-lock.json' && !QUOTING.some((one) => one.test(file)))
      .flatMap((file) =>
        findWords(readFileSync(join(root, file), 'utf8')).map(
          ({ line, word, instead }) => `${file}:${line} "${word}": write ${instead}`,
        ),
      );
    expect(found).toEqual([]);
  });
});
