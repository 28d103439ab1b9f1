import { uuidv4 } from '@homeward/kernel';
import { Busy } from '../errors';
import type { Work } from '../decision';
import { addOne, contextOf, openNotebook, streamOf, TRUST, withKey, type Notebook } from './notebook.fixture';

describe('a command that the database ends stores nothing, and the next one works', () => {
  let book: Notebook;
  beforeAll(async () => {
    book = await openNotebook();
  });
  afterAll(() => book.close());

  /** The command's own statements, with one in front of what it loads. */
  const after = (text: string, work: Work): Work => ({
    load: [{ text, values: [] }, ...(work.load ?? [])],
    decide: ([, ...rows], at) => work.decide(rows, at),
  });
  async function fail(works: (personId: string) => Work): Promise<unknown> {
    const personId = uuidv4();
    const context = withKey(uuidv4());
    const error: unknown = await book.database
      .write(context, streamOf(personId), works(personId))
      .catch((reason: unknown) => reason);
    expect(await book.all('SELECT 1 FROM note WHERE person_id = $1', [personId])).toEqual([]);
    expect(await book.all('SELECT 1 FROM stream WHERE key = $1', [`person/${personId}`])).toEqual([]);
    const again = await book.database.write(context, streamOf(personId), addOne(personId));
    expect(again).toMatchObject({ etag: 1 });
    expect(again.replay).toBeUndefined();
    return error;
  }

  it('when its connection breaks', async () => {
    const broken = 'SELECT pg_terminate_backend(pg_backend_pid())';
    expect(await fail((personId) => after(broken, addOne(personId)))).toMatchObject({ code: '57P01' });
  });

  it('when it takes too long, and then it may be tried again', async () => {
    const timeout = (ms: number) => `set_config('transaction_timeout', '${ms}', true)`;
    const slow = `SELECT ${timeout(0)}, ${timeout(50)}, pg_sleep(5)`; // a running timer is only ended by 0
    expect(await fail((personId) => after(slow, addOne(personId)))).toBeInstanceOf(Busy);
  });

  it('when somebody cancels it', async () => {
    const cancelled = 'SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(2)';
    expect(await fail((personId) => after(cancelled, addOne(personId)))).toBeInstanceOf(Busy);
  });

  it('when only the commit finds out', async () => {
    await book.all(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF current_setting('app.late', true) = 'yes' THEN RAISE EXCEPTION 'late' USING ERRCODE = '23514'; END IF; RETURN NULL;
       END $$;
       CREATE CONSTRAINT TRIGGER late AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()`,
    );
    const late = `SELECT set_config('app.late', 'yes', true)`;
    expect(await fail((personId) => after(late, addOne(personId)))).toMatchObject({ code: '23514' });
  });

  it('and every connection is free again', async () => {
    const people = Array.from({ length: 24 }, uuidv4);
    const write = (personId: string) => book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
    expect(await Promise.all(people.map(write))).toHaveLength(24);
    expect(book.pools.app.waitingCount).toBe(0);
  });
});
