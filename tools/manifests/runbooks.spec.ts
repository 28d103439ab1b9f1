import { COUNTERS, GAUGES } from '@homeward/observability';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';
import { commands } from '../ops/commands';
import { SERVICES } from '../ops/services';
import { infraFile } from './manifests';

const root = checkoutRoot();
const pages = ['docs/runbooks', 'docs/how-to'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((file) => ({ file: `${folder}/${file}`, text: infraFile(folder, file) })),
);
const runbooks = pages.filter(({ file }) => file.startsWith('docs/runbooks'));

/** Every `a.b` that is logged, from the code; two components log what others report to them. */
const LOGGED = new Set([
  ...['libs', 'services'].flatMap((tree) =>
    readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .flatMap(
        (file) => readFileSync(join(root, tree, file), 'utf8').match(/(?<=[( ]')[a-z]+(\.[a-z-]+)+(?=')/g) ?? [],
      ),
  ),
  ...['relay', 'sealer', 'log', 'answers'].map((component) => `${component}.trouble`),
  ...['retrying', 'parked', 'stale', 'gap', 'stopped'].map((what) => `reader.${what}`),
]);

describe.each(pages)('$file names what there is:', ({ file, text }) => {
  it('commands of `ops`', () => {
    const asked = [...text.matchAll(/(?:run ops --|tools\/ops\/main\.js'?(?: prepare| flow)?) ([a-z]+(?: [a-z]+)?)/g)];
    for (const [, words = ''] of asked) {
      const known = commands.some(({ name }) => words === name || words.split(' ')[0] === name);
      expect([words, known]).toEqual([words, true]);
    }
  });

  it('metrics', () => {
    const told = [
      ...Object.keys(GAUGES).map((name) => name.replaceAll('.', '_')),
      ...Object.keys(COUNTERS).map((name) => `${name.replaceAll('.', '_')}_total`),
    ];
    for (const metric of text.match(/\bhomeward_\w+/g) ?? []) expect(told).toContain(metric);
  });

  it('log lines', () => {
    const named = text.match(/(?<=`)(relay|sealer|log|answers|reader|boot|service|http|gateway)\.[a-z.-]+(?=`)/g) ?? [];
    for (const line of named) expect(LOGGED).toContain(line);
  });

  it('pages and files', () => {
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link]) => String(link));
    expect(links.filter((link) => !existsSync(join(root, dirname(file), link)))).toEqual([]);
    const files = text.match(/\binfra\/[\w./-]*\w/g) ?? [];
    expect(files.filter((one) => !existsSync(join(root, one)))).toEqual([]);
  });
});

describe('the runbooks', () => {
  const [index = ''] = runbooks.filter(({ file }) => file.endsWith('README.md')).map(({ text }) => text);

  it('are short, and each says when it is over', () => {
    expect(runbooks.filter(({ text }) => text.split('\n').length > 60)).toEqual([]);
    const steps = runbooks.filter(({ file }) => !file.endsWith('README.md'));
    expect(steps.filter(({ text }) => !text.includes('**It is over**')).map(({ file }) => file)).toEqual([]);
  });

  it('are all in the index, and so is every alert', () => {
    const files = readdirSync(join(root, 'docs', 'runbooks')).filter((file) => file !== 'README.md');
    expect(files.filter((file) => !index.includes(`(${file})`))).toEqual([]);
    const alerts = infraFile('infra', 'prometheus', 'alerts.yml').match(/(?<=alert: )\w+/g) ?? [];
    expect(alerts.length).toBeGreaterThan(5);
    expect(alerts.filter((alert) => !index.includes(`\`${alert}\``))).toEqual([]);
  });

  it('reset a password and a key for each service', () => {
    const rotate = infraFile('docs', 'runbooks', 'rotate-secrets.md');
    for (const { name } of SERVICES) expect(rotate).toContain(`\`${name}\``);
  });
});
