import { uuidv4 } from '@homeward/kernel';
import {
  addOne,
  contextOf,
  loadNote,
  openNotebook,
  OTHER_TRUST,
  streamOf,
  TRUST,
  type Notebook,
} from './notebook.fixture';

describe('a right opens and ends with the fact that says so', () => {
  let book: Notebook;
  beforeAll(async () => {
    book = await openNotebook();
  });
  afterAll(() => book.close());

  const seenBy = async (organisation: string, personId: string) =>
    (await book.database.read(contextOf(organisation), loadNote(personId), { subject: 'note', people: false })).length;

  it('shows the row to who was given a right in the same write, and to nobody else', async () => {
    const personId = uuidv4();
    await book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
    expect(await seenBy(TRUST, personId)).toBe(1);
    expect(await seenBy(OTHER_TRUST, personId)).toBe(0);
  });
});
