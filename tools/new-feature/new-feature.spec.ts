import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfTree } from '../chaos/mutants';
import { featureOf } from './feature';
import { blocksOf, type, type Block } from './how-to.fixture';
import { pastTense } from './past-tense';

const root = join(__dirname, '..', '..');
const HOW_TOS = ['add-a-feature.md', 'subscribe-to-events.md'];

describe('the names of a feature', () => {
  it('follow from the verb and the noun', () => {
    expect(featureOf(['referrals', 'challenge-referral'], root)).toMatchObject({
      aggregate: 'referral',
      event: 'challenged',
    });
    expect(featureOf(['referrals', 'raise-priority', '--aggregate', 'referral'], root)).toEqual({
      ...{ service: 'referrals', name: 'raise-priority', verb: 'raise', past: 'raised' },
      ...{ aggregate: 'referral', event: 'priority-raised' },
    });
  });

  it.each(Object.entries({ accept: 'accepted', raise: 'raised', notify: 'notified', stop: 'stopped', send: 'sent' }))(
    '%s is %s in the past',
    (verb, past) => expect(pastTense(verb)).toBe(past),
  );

  it.each([
    [['gateway', 'raise-priority'], 'no service "gateway": flow, people, referrals'],
    [['referrals'], '"" is no verb-noun'],
    [['referrals', 'raisePriority'], 'is no verb-noun'],
    [['referrals', '../escape'], 'is no verb-noun'],
    [['referrals', 'raise-priority'], 'no "priority": name one with --aggregate: referral'],
    [
      ['referrals', 'raise-priority', '--aggregate', 'referral', '--event', 'Raised'],
      '"Raised" is no name of an event',
    ],
    [['referrals', 'accept-referral'], 'accept-referral is there already'],
    [['referrals', 'admit-referral', '--event', 'accepted'], 'referral-accepted.ts is there already'],
    [['referrals', 'open-team', '--aggregate', 'referral'], 'flow has the action "open-team" already'],
    [['referrals', 'raise-priority', 'twice'], 'What is "twice"?'],
    [['referrals', 'raise-priority', '--agregate', 'referral'], 'Unknown option'],
  ])('are refused: %p', (args, said) => expect(() => featureOf(args, root)).toThrow(said));
});

/** As a reader would follow them, one after the other, in a copy of the tree. */
describe('the how-tos, word for word', () => {
  let copy: string;
  let blocks: Block[];
  beforeAll(() => {
    copy = copyOfTree();
    const text = HOW_TOS.map((file) => readFileSync(join(root, 'docs', 'how-to', file), 'utf8')).join('\n');
    blocks = blocksOf(text).filter(({ about }) => about !== 'run=no');
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('begin with four files, formatted, and a suite that is red with a reason', () => {
    for (const command of [generate(), 'npm run new:feature -- flow close-team']) {
      const files = [...inCopy(command).output.matchAll(/^ {2}(\S+\.ts)$/gm)]
        .map(([, file]) => String(file))
        .slice(0, 4);
      expect(files.map((file) => existsSync(join(copy, file)))).toEqual([true, true, true, true]);
      expect(bin('prettier', '--check', '--log-level=warn', ...files)).toEqual({ ok: true, output: '' });
    }
    const red = bin('jest', 'services/flow/src/features/close-team');
    expect(red).toEqual({ ok: false, output: expect.stringContaining('close-team is not proven yet') });
  }, 240_000);

  it('end with features that are formatted and green, and all compiles, with what was only begun', () => {
    const edits = blocks.filter(({ language }) => language !== 'sh');
    for (const block of edits) type(copy, block);
    expect(bin('prettier', '--check', '--log-level=warn', ...new Set(edits.map(({ about }) => about)))).toEqual({
      ok: true,
      output: '',
    });
    expect(bin('tsc', '-p', 'tsconfig.json')).toEqual({ ok: true, output: '' });
    const commands = commandsOf(blocks).filter((command) => command !== generate());
    const suites = commands.filter((command) => command.startsWith('npm test -- '));
    const tools = commands.filter((command) => !suites.includes(command));
    for (const command of tools) expect(inCopy(command)).toMatchObject({ ok: true });
    const paths = suites.flatMap((command) => command.replace('npm test -- ', '').split(' '));
    expect(bin('jest', ...paths)).toEqual({ ok: true, output: expect.stringMatching(/^Tests: +\d+ passed/m) });
  }, 240_000);

  const generate = (): string => String(commandsOf(blocks)[0]);
  const commandsOf = (all: Block[]): string[] =>
    all.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'));

  const said = ({ status, stdout, stderr }: { status: number | null; stdout: string; stderr: string }) => ({
    ok: status === 0,
    output: stdout + stderr,
  });
  const bin = (name: string, ...args: string[]) => {
    const env = { ...process.env, KAFKA: 'off', CI: 'true' };
    return said(spawnSync(join(root, 'node_modules', '.bin', name), args, { cwd: copy, encoding: 'utf8', env }));
  };
  /** `npm run <tool> -- …` runs the tool's `main.ts`, as `tools/run.mjs` would after installing and building. */
  const inCopy = (command: string) => {
    const [, script = '', rest = ''] = /^npm run (\S+) -- (.+)$/.exec(command) ?? [];
    const register = join(copy, 'libs', 'testing', 'src', 'register.js');
    const main = join(copy, 'tools', script.replace(':', '-'), 'main.ts');
    const args = ['-r', 'reflect-metadata', '-r', register, main, ...rest.split(' ')];
    return said(spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' }));
  };
});
