import { DomainError } from '@homeward/kernel';
import { DAY_KINDS, dueDay, dueInstant, type DayKind } from '@homeward/policy';
import { createInterface } from 'node:readline';
import { Misuse, type Command } from './command';

export const deadlineCommand: Command = {
  name: 'deadline',
  usage: '< <file>',
  summary: 'Says when each line of JSON that it reads is due.',
  details: `{"id":1,"kind":"CAL","length":"P14D","from":"2026-12-14"} is answered by {"id":1,"due":"2026-12-28"}. The kinds:

  CAL      calendar days, weeks, months or years after a day: P14D, P2W, P3M, P1Y
  CAL_INC  the same "beginning with" that day, as laws count: P14D ends a day earlier
  WD       working days of England after a day: P5D
  HOURS    hours that passed after an instant, whatever the clocks did: PT72H from 2026-12-24T10:00:00Z

A line that cannot be answered is answered by its id and "error"; the others are answered all the same, and the exit code
is 1. \`npm run --silent ops -- deadline\` prints the answers alone. Neither database nor log is needed.`,
  async run(files) {
    if (files.length > 0) throw new Misuse(`It reads standard input: npm run ops -- deadline < ${files[0]}`);
    let isWell = true;
    let number = 0;
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      number += 1;
      if (line.trim() === '') continue;
      const answer = answerTo(line, number);
      isWell &&= 'due' in answer;
      console.log(JSON.stringify(answer));
    }
    return isWell;
  },
};

export type Answer = { id: unknown; due: string } | { id: unknown; error: string };

/** `number` says where, to somebody who looks at the file. */
export function answerTo(line: string, number: number): Answer {
  const asked = fieldsOf(line);
  const id = asked?.['id'] ?? null;
  try {
    return { id, due: dueOf(asked) };
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof DomainError)) throw error;
    return { id, error: `Line ${number}: ${error.message}` };
  }
}

function fieldsOf(line: string): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(line);
    const isObject = typeof read === 'object' && read !== null && !Array.isArray(read);
    return isObject ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const FIELDS = ['id', 'kind', 'length', 'from'];
const KINDS = [...DAY_KINDS, 'HOURS'];

function dueOf(asked: Record<string, unknown> | undefined): string {
  if (!asked) {
    throw new RangeError('it is no JSON object: write {"id":1,"kind":"CAL","length":"P14D","from":"2026-12-14"}');
  }
  const unknown = Object.keys(asked).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined)
    throw new RangeError(`"${unknown}" is no field: leave it out; they are ${FIELDS.join(', ')}`);
  const { id, kind } = asked;
  if (typeof id !== 'number' && typeof id !== 'string')
    throw new RangeError('"id" is missing: write a number or a text');
  if (!isKind(kind)) throw new RangeError(`"kind" is none that is counted: write ${KINDS.join(', ')}`);
  const [length, from] = [textOf(asked, 'length', 'P14D'), textOf(asked, 'from', '2026-12-14')];
  // Microseconds are shown where there are any.
  return kind === 'HOURS' ? dueInstant(length, from).replace(/000Z$/, 'Z') : dueDay(kind, length, from);
}

const isKind = (kind: unknown): kind is DayKind | 'HOURS' => KINDS.some((known) => known === kind);

function textOf(asked: Record<string, unknown>, field: string, example: string): string {
  const text = asked[field];
  if (typeof text !== 'string') throw new RangeError(`"${field}" is missing, or no text: write "${example}"`);
  return text;
}
