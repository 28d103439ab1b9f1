import { uuidv4 } from '@homeward/kernel';
import type { StreamLock } from '../decision';
import { IdempotencyMismatch, NotFound } from '../errors';
import { forgetAnswers } from '../forget-answers';
import { addOne, answer, contextOf, openNotebook, streamOf, TRUST, withKey, type Notebook } from './notebook.fixture';

describe('the same key gives the first answer', () => {
  let book: Notebook;
  let commits = 0;
  beforeAll(async () => {
    book = await openNotebook({ onCommit: () => void (commits += 1) });
  });
  afterAll(() => book.close());

  const countOf = async (personId: string) =>
    (await book.all<{ count: number }>('SELECT count FROM note WHERE person_id = $1', [personId]))[0]?.count;

  it('and does nothing a second time, whatever happened since', async () => {
    const personId = uuidv4();
    const context = withKey(uuidv4());
    const first = await book.database.write(context, streamOf(personId), addOne(personId));
    await book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
    const before = commits;
    const again = await book.database.write(context, streamOf(personId), addOne(personId));
    expect(first).toEqual(answer(personId, 1));
    expect(again).toEqual({ ...first, replay: true });
    expect(await countOf(personId)).toBe(2);
    expect(commits).toBe(before);
  });

  it('and leaves an audit row about the same person', async () => {
    const personId = uuidv4();
    const context = withKey(uuidv4());
    await book.database.write(context, streamOf(personId), addOne(personId));
    await book.database.write(context, streamOf(personId), addOne(personId));
    const rows = await book.all('SELECT outcome, person_ids FROM audit WHERE $1 = ANY (person_ids) ORDER BY at', [
      personId,
    ]);
    expect(rows).toEqual([
      { outcome: 'done', person_ids: [personId] },
      { outcome: 'replayed', person_ids: [personId] },
    ]);
  });

  it('also to those who send it at the same moment', async () => {
    const personId = uuidv4();
    const context = withKey(uuidv4());
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => book.database.write(context, streamOf(personId), addOne(personId))),
    );
    expect(answers.filter(({ replay }) => !replay)).toEqual([answer(personId, 1)]);
    expect(answers.map(({ replay: _, ...first }) => first)).toEqual(Array(8).fill(answer(personId, 1)));
    expect(await countOf(personId)).toBe(1);
  });

  it('also when their streams differ, so that no lock keeps them apart', async () => {
    const people = Array.from({ length: 6 }, uuidv4);
    const context = withKey(uuidv4());
    const answers = await Promise.all(
      people.map((personId) => book.database.write(context, streamOf(personId), addOne(personId))),
    );
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect((await Promise.all(people.map(countOf))).filter(Boolean)).toEqual([1]);
  });

  it('but is refused for another request', async () => {
    const personId = uuidv4();
    const key = uuidv4();
    await book.database.write(withKey(key), streamOf(personId), addOne(personId));
    await expect(
      book.database.write(withKey(key, 'another body'), streamOf(personId), addOne(personId)),
    ).rejects.toBeInstanceOf(IdempotencyMismatch);
    expect(await countOf(personId)).toBe(1);
  });

  it('and belongs to one caller', async () => {
    const personId = uuidv4();
    const context = withKey(uuidv4());
    await book.database.write(context, streamOf(personId), addOne(personId));
    const other = contextOf(TRUST, { idempotency: context.idempotency });
    expect(await book.database.write(other, streamOf(personId), addOne(personId))).toEqual(answer(personId, 2));
  });

  it('for seven days', async () => {
    const [old, young] = [withKey(uuidv4()), withKey(uuidv4())];
    const personId = uuidv4();
    await book.database.write(old, streamOf(personId), addOne(personId));
    await book.database.write(young, streamOf(personId), addOne(personId));
    const age = `UPDATE idempotency SET recorded_at = now() - $2::interval WHERE key = $1`;
    await book.all(age, [old.idempotency?.key, '7 days 1 minute']);
    await book.all(age, [young.idempotency?.key, '6 days 23 hours']);
    expect(await forgetAnswers(book.pools.worker, new Date())).toBe(1);
    expect(await book.database.write(young, streamOf(personId), addOne(personId))).toMatchObject({ replay: true });
    expect(await book.database.write(old, streamOf(personId), addOne(personId))).toEqual(answer(personId, 3));
  });

  it('but not to who may see the person no more', async () => {
    const personId = uuidv4();
    const context = withKey(uuidv4());
    const text = `SELECT 'person/' || person_id AS key FROM note WHERE person_id = $1`;
    const lock: StreamLock = { select: { text, values: [personId] }, what: 'note' };
    await book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
    await book.database.write(context, lock, addOne(personId));
    await book.all('UPDATE relationship SET until = now() WHERE person_id = $1', [personId]);
    await expect(book.database.write(context, lock, addOne(personId))).rejects.toBeInstanceOf(NotFound);
  });
});
