import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Misuse, runCommand } from './command';
import { commands } from './commands';

const folder = mkdtempSync(join(tmpdir(), 'overrides-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const file = join(folder, 'overrides.yaml');
  writeFileSync(file, text);
  return file;
}

async function explained(...args: string[]): Promise<string> {
  const said: string[] = [];
  const print = jest.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
  try {
    await runCommand(commands, ['policy', 'explain', ...args]);
    return said.join('\n');
  } finally {
    print.mockRestore();
  }
}

const OVERRIDES = `
- icb: QZ1
  rule: T-16
  from: 2026-04-01
  kind: WD
  length: P10D
  source: Board paper 14 of March 2026
`;

describe('ops policy explain', () => {
  it('says what a rule asks for on a day', async () => {
    expect(await explained('T-22', '--on', '2026-12-22')).toMatch(
      /^T-22 on 22 December 2026\n.*within 5 working days.*the last day is 31 December 2026\.$/s,
    );
  });

  it('says what a board decided in a file', async () => {
    const file = fileWith(OVERRIDES);
    const said = await explained('T-16', '--on', '2026-12-22', '--icb', 'QZ1', '--overrides', file);
    expect(said).toMatch(/QZ1 has decided, in its place:.*within 10 working days.*Board paper 14 of March 2026/s);
  });

  it('takes the file that the environment names', async () => {
    const before = process.env['POLICY_OVERRIDES'];
    process.env['POLICY_OVERRIDES'] = fileWith(OVERRIDES);
    try {
      expect(await explained('T-16', '--icb', 'QZ1', '--on', '2026-03-31')).toContain('QZ1 has decided nothing else');
      expect(await explained('T-16', '--icb', 'QZ1', '--on', '2026-04-01')).toContain('within 10 working days');
    } finally {
      if (before === undefined) delete process.env['POLICY_OVERRIDES'];
      else process.env['POLICY_OVERRIDES'] = before;
    }
  });

  it.each([
    [['T-99'], /"T-99" is no rule/],
    [[], /"" is no rule: write one of/],
    [['T-22', '--on', '2040-01-01'], /Bank holidays are known/],
    [['T-16', '--on', 'tomorrow'], /--on takes a day/],
    [['T-16', '--icb', 'qz 1'], /--icb takes an organisation code/],
    [['T-16', '--overrides', join(folder, 'none.yaml')], /none.yaml cannot be used/],
  ])('%j says what is wrong', async (args, said) => {
    await expect(explained(...args)).rejects.toThrow(Misuse);
    await expect(explained(...args)).rejects.toThrow(said);
  });

  it('refuses a file that overrides law, or is no YAML', async () => {
    const law = fileWith(OVERRIDES.replace('T-16', 'T-01'));
    await expect(explained('T-16', '--overrides', law)).rejects.toThrow(/cannot be used.\nOverride 1: T-01 is law/);
    const broken = fileWith('- icb: [');
    await expect(explained('T-16', '--overrides', broken)).rejects.toThrow(Misuse);
  });
});
