import { uuidv4 } from '@homeward/kernel';
import { addOneTo, contextOf, openNotebook, streamOf, TRUST, type Notebook } from './notebook.fixture';

interface Published {
  partitionkey: string;
  sequence: string;
  time: string;
}

describe('the outbox has the order of each stream', () => {
  const people = Array.from({ length: 3 }, uuidv4);
  const WRITERS = 16;
  const EACH = 12;
  let book: Notebook;
  const byStream = new Map<string, Published[]>();

  beforeAll(async () => {
    let ticks = 0;
    // A clock that runs backwards: machines are set right, and the stream goes on.
    book = await openNotebook({ clock: { now: () => new Date(Date.parse('2026-11-25T09:00:00Z') - ticks++) } });
    const write = async (writer: number, n: number) => {
      const touched = people.filter((_, i) => (writer + n + i) % 3 !== 0);
      if (writer % 2 === 0) touched.reverse();
      await book.database.write(contextOf(TRUST), streamOf(...touched), addOneTo(touched));
    };
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let n = 0; n < EACH; n += 1) await write(writer, n);
      }),
    );
    const rows = await book.all<Published>(
      `SELECT partitionkey, sequence, headers::json ->> 'ce_time' AS time FROM outbox ORDER BY position`,
    );
    for (const row of rows) byStream.set(row.partitionkey, [...(byStream.get(row.partitionkey) ?? []), row]);
  });
  afterAll(() => book.close());

  it('numbers every stream from 1 without a gap, in the order of positions', () => {
    expect(byStream.size).toBe(3);
    for (const rows of byStream.values()) {
      expect(rows.map(({ sequence }) => Number(sequence))).toEqual(rows.map((_, i) => i + 1));
    }
  });

  it('has published what each accepted command decided', () => {
    const published = [...byStream.values()].reduce((sum, rows) => sum + rows.length, 0);
    expect(published).toBe(WRITERS * EACH * 2);
  });

  it('records each event later than the one in front of it, whatever the clock says', () => {
    for (const rows of byStream.values()) {
      const times = rows.map(({ time }) => time);
      expect(times).toEqual([...new Set(times)].sort());
    }
  });
});
