import { uuidv4 } from '@homeward/kernel';
import type { Work } from '../decision';
import {
  addOne,
  contextOf,
  decision,
  loadNote,
  openNotebook,
  received,
  streamOf,
  TRUST,
  type Notebook,
} from './notebook.fixture';

describe('a command decides on what the one before it left', () => {
  let book: Notebook;
  beforeAll(async () => {
    book = await openNotebook();
  });
  afterAll(() => book.close());

  it('never on a state that another command has changed meanwhile', async () => {
    const personId = uuidv4();
    await book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
    const seen: number[] = [];
    // No guard in the change: only the order of lock and load protects it.
    const work: Work = {
      load: [loadNote(personId)],
      decide: ([rows]) => {
        const count = Number(rows?.[0]?.['count']);
        seen.push(count);
        const text = 'UPDATE note SET count = $2 WHERE person_id = $1 RETURNING 1';
        return decision(personId, 1, [{ text, values: [personId, count + 1] }], [received(personId)]);
      },
    };
    const COMMANDS = 120;
    await Promise.all(
      Array.from({ length: COMMANDS }, () => book.database.write(contextOf(TRUST), streamOf(personId), work)),
    );
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: COMMANDS }, (_, i) => i + 1));
    expect(await book.all('SELECT count FROM note WHERE person_id = $1', [personId])).toEqual([
      { count: COMMANDS + 1 },
    ]);
  });
});
