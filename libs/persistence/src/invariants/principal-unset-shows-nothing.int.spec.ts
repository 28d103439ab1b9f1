import { uuidv4 } from '@homeward/kernel';
import { addOne, contextOf, openNotebook, streamOf, TRUST, type Notebook } from './notebook.fixture';

describe('where no principal is set, nothing is shown', () => {
  let book: Notebook;
  const personId = uuidv4();
  beforeAll(async () => {
    book = await openNotebook();
    await book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
  });
  afterAll(() => book.close());

  const seen = async (table: string) => (await book.pools.app.query(`SELECT 1 FROM ${table}`)).rowCount;

  it.each(['note', 'relationship'])('of %s, on a connection that never had one', async (table) => {
    expect(await book.all(`SELECT 1 FROM ${table}`)).not.toEqual([]);
    expect(await seen(table)).toBe(0);
  });

  it.each(['note', 'relationship'])('of %s, on any connection that served requests before', async (table) => {
    await Promise.all(
      Array.from({ length: 24 }, () =>
        book.database.read(contextOf(TRUST), { text: 'SELECT person_id FROM note', values: [] }, { subject: 'note' }),
      ),
    );
    const counts = await Promise.all(Array.from({ length: 24 }, () => seen(table)));
    expect(counts).toEqual(Array(24).fill(0));
  });

  it('and nothing can be changed', async () => {
    const { rowCount } = await book.pools.app.query('UPDATE note SET count = 0');
    expect(rowCount).toBe(0);
    const insert = 'INSERT INTO note (person_id, count, version) VALUES ($1, 1, 1)';
    await expect(book.pools.app.query(insert, [uuidv4()])).rejects.toMatchObject({ code: '42501' });
  });
});
