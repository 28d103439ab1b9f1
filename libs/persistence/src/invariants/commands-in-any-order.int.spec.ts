import { DomainError, uuidv4 } from '@homeward/kernel';
import fc from 'fast-check';
import type { Outcome, Work } from '../decision';
import { IdempotencyMismatch } from '../errors';
import { addOneTo, openNotebook, streamOf, withKey, type Notebook } from './notebook.fixture';

interface Sent {
  people: number[];
  /** Which of a few keys, so that keys come again, for the same request or for another. */
  key: number;
  refuses: boolean;
}

const sent = fc.record<Sent>({
  people: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 }),
  key: fc.nat(9),
  refuses: fc.boolean(),
});
/** Groups of commands that are sent at the same moment, one group after the other. */
const schedule = fc.array(fc.array(sent, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 });

describe('commands in any order and at the same moment', () => {
  let book: Notebook;
  beforeAll(async () => {
    book = await openNotebook();
  });
  afterAll(() => book.close());

  async function play(groups: Sent[][]) {
    const people = Array.from({ length: 3 }, uuidv4);
    const keys = Array.from({ length: 10 }, uuidv4);
    const send = async (command: Sent) => {
      const touched = command.people.map((n) => people[n] ?? '');
      const context = withKey(keys[command.key] ?? '', JSON.stringify(command));
      const refuse: Work = {
        decide: () => {
          throw new DomainError('no', 'No.');
        },
      };
      const answer: Outcome | Error = await book.database
        .write(context, streamOf(...touched), command.refuses ? refuse : addOneTo(touched))
        .catch((error: Error) => error);
      return { command, answer };
    };
    const played: { command: Sent; answer: Outcome | Error }[] = [];
    for (const group of groups) played.push(...(await Promise.all(group.map(send))));
    return { people, keys, played };
  }

  it('are each done once, refused, or answered as before, and the outbox tells it in order', async () => {
    const property = async (groups: Sent[][]): Promise<void> => {
      const { people, keys, played } = await play(groups);
      const done = played.filter(({ answer }) => !(answer instanceof Error) && !answer.replay);
      const failed = played.flatMap(({ answer }) => (answer instanceof Error ? [answer] : []));
      expect(failed.filter((error) => !(error instanceof DomainError || error instanceof IdempotencyMismatch))).toEqual(
        [],
      );

      // One answer a key, and each replay is of it.
      expect(new Set(done.map(({ command }) => command.key)).size).toBe(done.length);
      for (const { command, answer } of played) {
        if (answer instanceof Error || !answer.replay) continue;
        const first = done.find(({ command: { key } }) => key === command.key);
        expect(first).toMatchObject({ command, answer: { body: answer.body } });
      }

      const kept = await book.all('SELECT 1 FROM idempotency WHERE key = ANY ($1)', [keys]);
      expect(kept).toHaveLength(done.length);
      for (const [n, personId] of people.entries()) {
        const expected = done.filter(({ command }) => command.people.includes(n)).length;
        const rows = await book.all<{ sequence: string }>(
          'SELECT sequence FROM outbox WHERE partitionkey = $1 ORDER BY position',
          [`person/${personId}`],
        );
        expect(rows.map(({ sequence }) => Number(sequence))).toEqual(Array.from({ length: expected }, (_, i) => i + 1));
        const notes = await book.all('SELECT count, version FROM note WHERE person_id = $1', [personId]);
        expect(notes).toEqual(expected > 0 ? [{ count: expected, version: expected }] : []);
      }
    };
    await fc.assert(fc.asyncProperty(schedule, property), { numRuns: 30 });
  });
});
