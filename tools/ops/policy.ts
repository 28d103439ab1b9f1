import { DomainError, isDay, isOdsCode, londonDate } from '@homeward/kernel';
import { explain, type Override } from '@homeward/policy';
import { policyOverridesIn } from '@homeward/bootstrap';
import { Misuse, type Command } from './command';

export const policyCommand: Command = {
  name: 'policy explain',
  usage: '<rule> [--on <day>] [--icb <code>] [--overrides <file>]',
  summary: 'Says in words what a rule asks for on a day, who says so, and what an integrated care board decided.',
  details: `Without --on it is today. What boards decided stands in a file of YAML, --overrides or else POLICY_OVERRIDES:

  - icb: QZ1
    rule: T-16
    from: 2026-04-01
    until: 2027-03-31      # the last day; left out, until it is decided again
    kind: CAL              # CAL, CAL_INC, WD or HOURS, as \`deadline\` counts them
    length: P21D
    source: Board paper 14 of March 2026

The file is checked as a whole. Law cannot be overridden, and two overrides of a rule may not hold on the same day.`,
  options: { on: { type: 'string' }, icb: { type: 'string' }, overrides: { type: 'string' } },
  async run([rule], { on, icb, overrides = process.env['POLICY_OVERRIDES'] }) {
    const day = typeof on === 'string' ? on : londonDate(new Date());
    if (!isDay(day)) throw new Misuse('--on takes a day: write --on 2026-12-14.');
    const board = typeof icb === 'string' ? icb : undefined;
    if (board !== undefined && !isOdsCode(board))
      throw new Misuse('--icb takes an organisation code: write --icb QZ1.');
    const decided = typeof overrides === 'string' && overrides !== '' ? overridesIn(overrides) : [];
    console.log(saidAsMisuse(() => explain(rule ?? '', day, board, decided)));
  },
};

function overridesIn(file: string): readonly Override[] {
  return saidAsMisuse(() => {
    try {
      return policyOverridesIn(file).all;
    } catch (error) {
      throw new RangeError(`${file} cannot be used.\n${(error as Error).message}`);
    }
  });
}

/** What is wrong with the question, or with the file, is said without a stack. */
function saidAsMisuse<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError || error instanceof DomainError) throw new Misuse(error.message);
    throw error;
  }
}
