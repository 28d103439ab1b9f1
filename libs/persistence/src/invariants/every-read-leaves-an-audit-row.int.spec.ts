import { uuidv4 } from '@homeward/kernel';
import { addOne, contextOf, openNotebook, OTHER_TRUST, streamOf, TRUST, type Notebook } from './notebook.fixture';

describe('every reading leaves an audit row with the people that it showed', () => {
  let book: Notebook;
  const people = Array.from({ length: 3 }, uuidv4).sort();
  beforeAll(async () => {
    book = await openNotebook();
    for (const personId of people) await book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
  });
  afterAll(() => book.close());

  const all = { text: 'SELECT person_id, count FROM note ORDER BY person_id', values: [] };
  const auditOf = ({ correlationId }: { correlationId: string }) =>
    book.all('SELECT outcome, subject, person_ids, sub, role, purpose FROM audit WHERE correlation_id = $1', [
      correlationId,
    ]);

  it('one row for a list', async () => {
    const context = contextOf(TRUST);
    const rows = await book.database.read(context, all, { subject: 'notes' });
    expect(rows.map((row) => row['person_id'])).toEqual(people);
    const { sub, purpose } = context.principal;
    const [row, ...more] = await auditOf(context);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ outcome: 'read', subject: 'notes', sub, role: 'intake', purpose });
    expect((row?.['person_ids'] as string[]).sort()).toEqual(people);
  });

  it('also when nothing was found, for somebody who may see nobody', async () => {
    const context = contextOf(OTHER_TRUST);
    expect(await book.database.read(context, all, { subject: 'notes' })).toEqual([]);
    expect(await auditOf(context)).toMatchObject([{ outcome: 'nothing-found', person_ids: [] }]);
  });

  it('also when it is about no person, or done by the service itself', async () => {
    const [one, other] = [contextOf(TRUST), contextOf(TRUST)];
    const how = { text: 'SELECT count(*)::int AS people FROM note', values: [] };
    expect(await book.database.read(one, how, { subject: 'notes', people: false })).toEqual([{ people: 3 }]);
    expect(await book.database.read(other, all, { subject: 'notes', as: 'worker' })).toHaveLength(3);
    expect(await auditOf(one)).toMatchObject([{ outcome: 'read', person_ids: [] }]);
    expect(await auditOf(other)).toMatchObject([{ outcome: 'read' }]);
  });

  it('and shows nothing when that row cannot be written', async () => {
    const context = contextOf(TRUST, { correlationId: 'not a uuid' });
    await expect(book.database.read(context, all, { subject: 'notes' })).rejects.toMatchObject({ code: '22P02' });
  });

  it('also a refusal that another part of the service decided', async () => {
    const context = contextOf(TRUST);
    await book.database.refused(context, 'not-permitted', 'notes');
    expect(await auditOf(context)).toMatchObject([{ outcome: 'refused:not-permitted', subject: 'notes' }]);
  });
});
