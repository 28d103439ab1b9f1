import { uuidv4 } from '@homeward/kernel';
import { eventually, startChild } from '@homeward/testing';
import { join } from 'node:path';
import { openNotebook, type Notebook } from './notebook.fixture';

const WRITER = join(__dirname, 'write-until-killed.fixture.ts');
const CRASHES = 5;

describe('a process that is killed in the middle of its writes', () => {
  const people = Array.from({ length: 6 }, uuidv4);
  const answered: string[] = [];
  let book: Notebook;

  beforeAll(async () => {
    book = await openNotebook();
    for (let crash = 0; crash < CRASHES; crash += 1) {
      const child = startChild(WRITER, { config: book.config, people });
      await eventually(() => child.said.length > 20);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      await child.kill();
      answered.push(...(child.said as string[]));
    }
    const gone = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND usename = 'referrals_app'`;
    await eventually(async () => (await book.all<{ n: number }>(gone))[0]?.n === 0);
  });
  afterAll(() => book.close());

  it('has done what it answered', async () => {
    const kept = await book.all<{ key: string }>('SELECT key FROM idempotency');
    const keys = new Set(kept.map(({ key }) => key));
    expect(answered.length).toBeGreaterThan(20 * CRASHES);
    expect(answered.filter((key) => !keys.has(key))).toEqual([]);
  });

  it('leaves of each command its answer, its audit row, its events and its changes, or nothing', async () => {
    const [row] = await book.all(
      `SELECT (SELECT count(*)::int FROM idempotency) AS answers, (SELECT count(*)::int FROM audit) AS audited,
        (SELECT count(DISTINCT headers::json ->> 'ce_correlationid')::int FROM outbox) AS published,
        (SELECT sum(count)::int / 2 FROM note) AS changed, (SELECT sum(last_sequence)::int / 2 FROM stream) AS numbered,
        (SELECT count(*)::int / 2 FROM outbox) AS events`,
    );
    const n = Number(row?.['answers']);
    expect(row).toEqual({ answers: n, audited: n, published: n, changed: n, numbered: n, events: n });
  });

  it('leaves no gap in a stream', async () => {
    const gaps = await book.all(
      `SELECT partitionkey FROM (SELECT partitionkey, sequence, row_number() OVER (PARTITION BY partitionkey ORDER BY position) AS n
        FROM outbox) AS o WHERE sequence <> n`,
    );
    expect(gaps).toEqual([]);
  });
});
