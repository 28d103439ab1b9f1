import { uuidv4 } from '@homeward/kernel';
import { Busy } from '../errors';
import {
  addOne,
  contextOf,
  decision,
  loadNote,
  openNotebook,
  received,
  streamOf,
  TRUST,
  updateNote,
  withKey,
  type Notebook,
} from './notebook.fixture';

describe('a change that meets other rows than it was decided on', () => {
  let book: Notebook;
  beforeAll(async () => {
    book = await openNotebook();
  });
  afterAll(() => book.close());

  async function person(): Promise<string> {
    const personId = uuidv4();
    await book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
    return personId;
  }
  const stateOf = (personId: string) =>
    book.all(
      `SELECT count, version, (SELECT count(*)::int FROM outbox WHERE partitionkey = 'person/' || $1) AS events,
        (SELECT last_sequence::int FROM stream WHERE key = 'person/' || $1) AS sequence,
        (SELECT count(*)::int FROM audit WHERE outcome = 'done' AND $1::uuid = ANY (person_ids)) AS audited
       FROM note WHERE person_id = $1::uuid`,
      [personId],
    );

  it('rolls everything back and is decided again on what is there', async () => {
    const personId = await person();
    let attempts = 0;
    const outcome = await book.database.write(withKey(uuidv4()), streamOf(personId), {
      load: [loadNote(personId)],
      decide: ([rows]) => {
        attempts += 1;
        const version = Number(rows?.[0]?.['version']) - (attempts === 1 ? 1 : 0);
        return decision(personId, version + 1, [updateNote(personId, 5, version)], [received(personId)]);
      },
    });
    expect(outcome).toMatchObject({ etag: 2 });
    expect(attempts).toBe(2);
    expect(await stateOf(personId)).toEqual([{ count: 5, version: 2, events: 2, sequence: 2, audited: 2 }]);
  });

  it('is given up after three attempts, with nothing stored', async () => {
    const personId = await person();
    const before = await stateOf(personId);
    let attempts = 0;
    const work = {
      decide: () => {
        attempts += 1;
        return decision(personId, 9, [updateNote(personId, 5, 99)], [received(personId)]);
      },
    };
    const key = uuidv4();
    await expect(book.database.write(withKey(key), streamOf(personId), work)).rejects.toBeInstanceOf(Busy);
    expect(attempts).toBe(3);
    expect(await stateOf(personId)).toEqual(before);
    expect(await book.all('SELECT 1 FROM idempotency WHERE key = $1', [key])).toEqual([]);
  });

  it('fails the whole command when only one of several changes misses', async () => {
    const [first, second] = [await person(), await person()];
    const before = [await stateOf(first), await stateOf(second)];
    const changes = [updateNote(first, 5, 1), { ...updateNote(second, 5, 99), name: 'other' }];
    const work = { decide: () => decision(first, 2, changes, [received(first)]) };
    await expect(book.database.write(contextOf(TRUST), streamOf(first, second), work)).rejects.toBeInstanceOf(Busy);
    expect([await stateOf(first), await stateOf(second)]).toEqual(before);
  });

  it('fails also when it meets more rows than the one', async () => {
    const [first, second] = [await person(), await person()];
    const before = [await stateOf(first), await stateOf(second)];
    const both = {
      text: 'UPDATE note SET count = 99 WHERE person_id = ANY ($1::uuid[]) RETURNING 1',
      values: [[first, second]],
    };
    const work = { decide: () => decision(first, 2, [both], [received(first)]) };
    await expect(book.database.write(contextOf(TRUST), streamOf(first), work)).rejects.toBeInstanceOf(Busy);
    expect([await stateOf(first), await stateOf(second)]).toEqual(before);
    const ofTwo = { decide: () => decision(first, 2, [{ ...both, rows: 2 }], [received(first)]) };
    await book.database.write(contextOf(TRUST), streamOf(first), ofTwo);
    expect(await stateOf(second)).toMatchObject([{ count: 99 }]);
  });

  it('is not looked at where a change says that any number of rows is right', async () => {
    const personId = await person();
    const changes = [{ ...updateNote(personId, 5, 99), rows: 'any' as const }];
    const work = { decide: () => decision(personId, 1, changes, [received(personId)]) };
    await book.database.write(contextOf(TRUST), streamOf(personId), work);
    expect(await stateOf(personId)).toEqual([{ count: 1, version: 1, events: 2, sequence: 2, audited: 2 }]);
  });

  it('answers that somebody else is busy with it, when a lock is not free in time', async () => {
    const personId = await person();
    const other = await book.pools.worker.connect();
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM stream WHERE key = $1 FOR UPDATE', [`person/${personId}`]);
    await expect(book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId))).rejects.toBeInstanceOf(
      Busy,
    );
    await other.query('ROLLBACK');
    other.release();
    expect(await stateOf(personId)).toMatchObject([{ count: 1, sequence: 1 }]);
  });
});
