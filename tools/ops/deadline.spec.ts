import { Readable } from 'node:stream';
import { Misuse, runCommand } from './command';
import { commands } from './commands';
import { answerTo } from './deadline';

/** What is printed for these lines of standard input, and whether the exit code would be 0. */
async function answered(input: string): Promise<{ answers: unknown[]; isWell: boolean }> {
  const answers: unknown[] = [];
  const stdin = jest.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([input]) as typeof process.stdin);
  const print = jest.spyOn(console, 'log').mockImplementation((text: string) => void answers.push(JSON.parse(text)));
  try {
    const isWell = await runCommand(commands, ['deadline']);
    return { answers, isWell };
  } finally {
    print.mockRestore();
    stdin.mockRestore();
  }
}

describe('ops deadline', () => {
  it('answers each line, in order, with the id that it came with', async () => {
    const lines = [
      '{"id":1,"kind":"CAL","length":"P14D","from":"2026-12-14"}',
      '{"id":"two","kind":"CAL_INC","length":"P14D","from":"2026-12-14"}',
      '{"from":"2026-12-22","id":3,"length":"P5D","kind":"WD"}',
      '{"id":4,"kind":"HOURS","length":"PT72H","from":"2026-12-24T10:00:00Z"}',
      '{"id":5,"kind":"HOURS","length":"PT1S","from":"2026-12-24T10:00:00.000001+01:00"}',
    ];
    expect(await answered(lines.join('\n'))).toEqual({
      isWell: true,
      answers: [
        { id: 1, due: '2026-12-28' },
        { id: 'two', due: '2026-12-27' },
        { id: 3, due: '2026-12-31' },
        { id: 4, due: '2026-12-27T10:00:00.000Z' },
        { id: 5, due: '2026-12-24T09:00:01.000001Z' },
      ],
    });
  });

  it('answers the others when one cannot be answered, passes over empty ones, and then ends with 1', async () => {
    const lines = ['not JSON', '', '{"id":2,"kind":"WD","length":"P1D","from":"2026-12-24"}\r', ''];
    expect(await answered(lines.join('\n'))).toEqual({
      isWell: false,
      answers: [
        { id: null, error: expect.stringMatching(/^Line 1: .*no JSON object: write \{"id":1/) as unknown },
        { id: 2, due: '2026-12-29' },
      ],
    });
  });

  it('has nothing to say to nothing', async () => {
    expect(await answered('')).toEqual({ isWell: true, answers: [] });
  });

  it('reads no file', async () => {
    await expect(runCommand(commands, ['deadline', 'lines.jsonl'])).rejects.toThrow(Misuse);
  });

  const well = { id: 7, kind: 'CAL', length: 'P14D', from: '2026-12-14' };
  it.each<[string, unknown, unknown, RegExp]>([
    ['a list', [well], null, /^Line 3: .*no JSON object/],
    ['null', null, null, /no JSON object/],
    ['an unknown field', { ...well, until: '2027-01-01' }, 7, /^Line 3: "until" is no field: leave it out/],
    ['no id', { ...well, id: undefined }, null, /"id" is missing: write a number or a text/],
    ['an id that is a list', { ...well, id: [7] }, [7], /"id" is/],
    ['no kind', { ...well, kind: undefined }, 7, /"kind" is none that is counted: write CAL, CAL_INC, WD, HOURS/],
    ['an unknown kind', { ...well, kind: 'cal' }, 7, /"kind" is none/],
    ['a number for a length', { ...well, length: 14 }, 7, /"length" is missing, or no text: write "P14D"/],
    ['a length that is none', { ...well, length: '14 days' }, 7, /^Line 3: "length" is no ISO 8601 duration/],
    ['no start', { ...well, from: undefined }, 7, /"from" is missing/],
    ['a day that does not exist', { ...well, from: '2027-02-29' }, 7, /^Line 3: "from" is no day of the calendar/],
    ['an instant for a day', { ...well, from: '2026-12-14T10:00:00Z' }, 7, /"from" is no day/],
    ['a day for an instant', { ...well, kind: 'HOURS', length: 'PT72H' }, 7, /"from" is no instant/],
    ['hours in days', { ...well, length: 'PT72H' }, 7, /"length" has hours/],
    ['a day without known bank holidays', { ...well, kind: 'WD', from: '2040-01-01' }, 7, /^Line 3: Bank holidays are/],
  ])('says of %s what is wrong, where, and what to do', (_, line, id, said) => {
    expect(answerTo(JSON.stringify(line), 3)).toEqual({ id, error: expect.stringMatching(said) as unknown });
  });
});
