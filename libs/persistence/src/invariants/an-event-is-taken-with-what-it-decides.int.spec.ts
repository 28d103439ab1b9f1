import { DomainError, uuidv4 } from '@homeward/kernel';
import { ALREADY_TAKEN, type InboxMark } from '../decision';
import { BehindParked, SequenceGap } from '../errors';
import { addOne, contextOf, openNotebook, streamOf, type Notebook } from './notebook.fixture';

const READER = 'homeward.referrals.reactions';
const SOURCE = '/homeward/flow';

describe('a reaction takes its event in the transaction of what it decides', () => {
  let book: Notebook;
  beforeAll(async () => {
    book = await openNotebook();
  });
  afterAll(() => book.close());

  const mark = (personId: string, sequence: bigint, more: Partial<InboxMark> = {}): InboxMark => ({
    ...{ reader: READER, source: SOURCE, stream: `person/${personId}`, sequence, time: '2026-11-25T09:00:00Z' },
    ...more,
  });
  const react = (personId: string, inbox: InboxMark, work = addOne(personId)) =>
    book.database.write(contextOf('referrals', { role: 'service' }), streamOf(personId), work, { inbox });
  const stateOf = async (personId: string) => {
    const [row] = await book.all(
      `SELECT (SELECT last_sequence::int FROM inbox WHERE stream = 'person/' || $1) AS taken,
        (SELECT count FROM note WHERE person_id = $1::uuid) AS count,
        (SELECT count(*)::int FROM outbox WHERE partitionkey = 'person/' || $1) AS events,
        (SELECT count(*)::int FROM audit WHERE $1::uuid = ANY (person_ids) AND outcome = 'done') AS audited`,
      [personId],
    );
    return row;
  };

  it('once, however often it comes', async () => {
    const personId = uuidv4();
    expect(await react(personId, mark(personId, 1n))).toMatchObject({ status: 200 });
    expect(await react(personId, mark(personId, 1n))).toEqual({ status: ALREADY_TAKEN, body: {} });
    expect(await stateOf(personId)).toEqual({ taken: 1, count: 1, events: 1, audited: 1 });
  });

  it('once, also when several deliver it at the same moment', async () => {
    const personId = uuidv4();
    const answers = await Promise.all(Array.from({ length: 6 }, () => react(personId, mark(personId, 1n))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(5).fill(ALREADY_TAKEN)]);
    expect(await stateOf(personId)).toEqual({ taken: 1, count: 1, events: 1, audited: 1 });
  });

  it('not at all when its decision fails, and then again', async () => {
    const personId = uuidv4();
    await react(personId, mark(personId, 1n));
    const refuse = {
      decide: () => {
        throw new DomainError('not-now', 'It is not the time.');
      },
    };
    await expect(react(personId, mark(personId, 2n), refuse)).rejects.toThrow(DomainError);
    expect(await stateOf(personId)).toMatchObject({ taken: 1, count: 1 });
    await react(personId, mark(personId, 2n));
    expect(await stateOf(personId)).toEqual({ taken: 2, count: 2, events: 2, audited: 2 });
  });

  it('never before the one in front of it', async () => {
    const personId = uuidv4();
    await expect(react(personId, mark(personId, 2n))).rejects.toBeInstanceOf(SequenceGap);
    expect(await stateOf(personId)).toMatchObject({ taken: null, count: null });
  });

  it('not while an earlier one of its stream is parked for the reaction, and again when that one is not', async () => {
    const personId = uuidv4();
    await book.all('DELETE FROM parked_event');
    await book.all(
      `INSERT INTO parked_event (subscription, source, stream, sequence, event, reason) VALUES ('open', $1, $2, 1, '{}', 'x')`,
      [SOURCE, `person/${personId}`],
    );
    await book.all(`INSERT INTO inbox (reader, source, stream, last_sequence) VALUES ($1, $2, $3, 1)`, [
      mark(personId, 2n).reader,
      SOURCE,
      `person/${personId}`,
    ]);
    await expect(react(personId, mark(personId, 2n, { reaction: 'open' }))).rejects.toBeInstanceOf(BehindParked);
    expect(await stateOf(personId)).toMatchObject({ taken: 1, count: null });
    await book.all('DELETE FROM parked_event');
    const inbox = mark(personId, 2n, { reaction: 'open' });
    await react(personId, inbox);
    expect(inbox.taken).toBe(true);
    expect(await stateOf(personId)).toMatchObject({ taken: 2, count: 1 });
  });

  it('from among the parked once, and parks no more', async () => {
    const personId = uuidv4();
    await react(personId, mark(personId, 1n));
    await book.all(
      `INSERT INTO parked_event (subscription, source, stream, sequence, event, reason) VALUES ('open', $1, $2, 1, '{}', 'x')`,
      [SOURCE, `person/${personId}`],
    );
    const redrive = mark(personId, 1n, { reaction: 'open', redrive: true });
    await react(personId, redrive);
    expect(await book.all('SELECT 1 FROM parked_event')).toEqual([]);
    await expect(react(personId, redrive)).rejects.toThrow();
    expect(await stateOf(personId)).toEqual({ taken: 1, count: 2, events: 2, audited: 2 });
  });
});
