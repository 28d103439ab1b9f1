import { uuidv4 } from '@homeward/kernel';
import { Client } from 'pg';
import { connectionOf } from '../pools';
import { addOne, contextOf, openNotebook, OTHER_TRUST, streamOf, TRUST, type Notebook } from './notebook.fixture';

describe('the roles of a service cannot pass row-level security', () => {
  let book: Notebook;
  const personId = uuidv4();
  beforeAll(async () => {
    book = await openNotebook();
    await book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
  });
  afterAll(() => book.close());

  /** What raw SQL gives the requests' role when it acts for `organisation`. */
  async function asApp(organisation: string, text: string, values: unknown[] = []) {
    const client = await book.pools.app.connect();
    try {
      await client.query('BEGIN');
      const settings = `SELECT set_config('app.principal', $1, true), set_config('app.now', clock_timestamp()::text, true)`;
      await client.query(settings, [organisation]);
      return await client.query(text, values);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  }

  it('the requests’ role sees and changes the people of its principal only', async () => {
    expect((await asApp(TRUST, 'SELECT 1 FROM note')).rowCount).toBe(1);
    expect((await asApp(OTHER_TRUST, 'SELECT 1 FROM note')).rowCount).toBe(0);
    expect((await asApp(OTHER_TRUST, 'SELECT 1 FROM relationship')).rowCount).toBe(0);
    expect((await asApp(OTHER_TRUST, 'UPDATE note SET count = 0')).rowCount).toBe(0);
  });

  it.each([
    [
      'give itself a right',
      `INSERT INTO relationship VALUES ('x', '${personId}', '${OTHER_TRUST}', null, 'intake', 'x', now())`,
    ],
    ['change a right', 'UPDATE relationship SET until = null'],
    ['read what others look at', 'SELECT 1 FROM audit'],
    ['wipe out its traces', 'DELETE FROM audit'],
    ['read events', 'SELECT 1 FROM outbox'],
    ['take back an event', 'DELETE FROM outbox'],
    ['read the copy of a person’s facts', 'SELECT 1 FROM person_copy'],
    ['read a parked event', 'SELECT event FROM parked_event'],
    ['forget an answer', 'DELETE FROM idempotency'],
    ['move a reader', 'UPDATE inbox SET last_sequence = 0'],
    ['become the worker', 'SET LOCAL ROLE referrals_worker'],
    ['become the owner', 'SET LOCAL ROLE referrals_owner'],
    ['turn it off', 'ALTER TABLE note DISABLE ROW LEVEL SECURITY'],
  ])('the requests’ role cannot %s', async (_, text) => {
    await expect(asApp(OTHER_TRUST, text)).rejects.toMatchObject({ code: '42501' });
  });

  it('the owner, under FORCE, sees no row and changes none', async () => {
    const owner = new Client(connectionOf(book.config, 'owner'));
    await owner.connect();
    expect((await owner.query('SELECT 1 FROM note')).rowCount).toBe(0);
    expect((await owner.query('UPDATE note SET count = 0')).rowCount).toBe(0);
    await owner.end();
  });

  it('every table with people has the wall, except those that no request may read', async () => {
    const open = await book.all<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'person_id'
       WHERE c.relkind = 'r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
         AND has_table_privilege('referrals_app', c.oid, 'SELECT')`,
    );
    expect(open).toEqual([]);
  });
});
