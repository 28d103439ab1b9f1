import { contextOf, openNotebook, TRUST, type Notebook } from './notebook.fixture';

describe('a view that a rebuild replaced is read anew', () => {
  let book: Notebook;
  beforeAll(async () => {
    book = await openNotebook();
  });
  afterAll(() => book.close());

  const replace = (columns: string) =>
    book.all(
      `DROP VIEW IF EXISTS journey; CREATE VIEW journey AS SELECT ${columns}; GRANT SELECT ON journey TO referrals_app`,
    );
  const read = () =>
    book.database.read(
      contextOf(TRUST),
      { text: 'SELECT * FROM journey', values: [] },
      { subject: 'x', people: false },
    );

  it('on every connection, when its columns are others', async () => {
    await replace('1 AS a');
    const before = await Promise.all(Array.from({ length: 24 }, read));
    await replace(`'b' AS b, 2 AS c`);
    const after = await Promise.all(Array.from({ length: 24 }, read));
    expect(before).toEqual(Array(24).fill([{ a: 1 }]));
    expect(after).toEqual(Array(24).fill([{ b: 'b', c: 2 }]));
  });
});
