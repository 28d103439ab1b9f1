import { parseArgs, type ParseArgsConfig } from 'node:util';

/** One thing that an operator can do. */
export interface Command {
  /** `parked redrive` */
  name: string;
  /** What follows the name. */
  usage: string;
  summary: string;
  /** What there is to know before it is used. */
  details?: string;
  options?: NonNullable<ParseArgsConfig['options']>;
  /** False when it was done and the answer is not the one hoped for: exit code 1. */
  run(args: string[], options: Record<string, string | boolean | undefined>): Promise<boolean | void>;
}

/** The operator asked for something that there is not: said without a stack, exit code 2. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

export async function runCommand(commands: readonly Command[], args: string[]): Promise<boolean> {
  const asksHelp = (arg: string): boolean => arg === '--help' || arg === '-h';
  const words = args.filter((arg) => !arg.startsWith('-'));
  const command = commands.find(({ name }) => name.split(' ').every((word, at) => words[at] === word));
  if (!command) {
    const known = commands.filter(({ name }) => name.split(' ')[0] === words[0]);
    if (words.length > 0 && !args.some(asksHelp) && known.length === 0) {
      throw new Misuse(`There is no "${words.join(' ')}".\n\n${helpOf(commands)}`);
    }
    console.log(helpOf(known.length > 0 ? known : commands));
    return true;
  }
  if (args.some(asksHelp)) {
    console.log(helpOf([command]));
    return true;
  }
  const { values, positionals } = parse(command, args);
  return (await command.run(positionals.slice(command.name.split(' ').length), values)) !== false;
}

function parse(command: Command, args: string[]) {
  try {
    const { values, positionals } = parseArgs({ args, options: command.options ?? {}, allowPositionals: true });
    return { values: values as Record<string, string | boolean | undefined>, positionals };
  } catch (error) {
    throw new Misuse(`${(error as Error).message}\n\n${helpOf([command])}`);
  }
}

function helpOf(commands: readonly Command[]): string {
  const lines = commands.map(({ name, usage, summary, details }) => {
    const more = commands.length === 1 && details ? `\n\n${details}` : '';
    return `  npm run ops -- ${`${name} ${usage}`.trim()}\n      ${summary}${more}`;
  });
  return `${lines.join('\n')}\n\nWhere database and log are is told by the same environment as a service's.`;
}

/** Columns as wide as what stands in them. */
export function table(rows: readonly Record<string, unknown>[], none: string): string {
  const [first] = rows;
  if (!first) return none;
  const names = Object.keys(first);
  const cells = [names, ...rows.map((row) => names.map((name) => textOf(row[name])))];
  const widths = names.map((_, at) => Math.max(...cells.map((cell) => (cell[at] ?? '').length)));
  return cells
    .map((cell) =>
      cell
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean | bigint);
}
