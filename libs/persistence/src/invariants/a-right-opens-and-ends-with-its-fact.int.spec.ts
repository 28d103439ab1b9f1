import { newEvent, referralAccepted, type NewEvent } from '@homeward/contracts';
import { uuidv4 } from '@homeward/kernel';
import type { Work } from '../decision';
import {
  addOne,
  contextOf,
  decision,
  insertNote,
  loadNote,
  openNotebook,
  OTHER_TRUST,
  received,
  streamOf,
  TRUST,
  updateNote,
  type Notebook,
} from './notebook.fixture';

describe('a right opens and ends with the fact that says so', () => {
  let book: Notebook;
  beforeAll(async () => {
    book = await openNotebook();
  });
  afterAll(() => book.close());

  const seenBy = async (organisation: string, personId: string) =>
    (await book.database.read(contextOf(organisation), loadNote(personId), { subject: 'note', people: false })).length;
  const write = (personId: string, work: Work) => book.database.write(contextOf(TRUST), streamOf(personId), work);

  /** The intake's right ends, and another trust's begins. */
  const accepted = (referral: NewEvent, occurredAt: string): NewEvent => {
    const { stream, subject, personId } = referral;
    const referralId = subject.slice('referral/'.length);
    const data = { ...referralAccepted.example, referralId, intakeOrganisation: TRUST, organisation: OTHER_TRUST };
    return newEvent(referralAccepted, { stream, subject, personId, occurredAt, data });
  };

  it('shows the row to who was given the right in the same write, and to nobody else', async () => {
    const personId = uuidv4();
    await write(personId, addOne(personId));
    expect(await seenBy(TRUST, personId)).toBe(1);
    expect(await seenBy(OTHER_TRUST, personId)).toBe(0);
  });

  it('hides it at once from who lost the right, who could still write the fact that ended it', async () => {
    const personId = uuidv4();
    const referral = received(personId);
    await write(personId, { decide: () => decision(personId, 1, [insertNote(personId)], [referral]) });
    const acceptance = accepted(referral, new Date().toISOString());
    await write(personId, { decide: () => decision(personId, 2, [updateNote(personId, 2, 1)], [acceptance]) });
    expect(await seenBy(TRUST, personId)).toBe(0);
    expect(await seenBy(OTHER_TRUST, personId)).toBe(1);
  });

  it('opens and ends within one write as one after the other', async () => {
    const personId = uuidv4();
    const referral = received(personId);
    const events = [referral, accepted(referral, new Date().toISOString())];
    await write(personId, { decide: () => decision(personId, 1, [insertNote(personId)], events) });
    expect(await seenBy(TRUST, personId)).toBe(0);
    expect(await seenBy(OTHER_TRUST, personId)).toBe(1);
  });

  it('keeps one that the same organisation has for another reason', async () => {
    const personId = uuidv4();
    const [first, second] = [received(personId), received(personId)];
    await write(personId, { decide: () => decision(personId, 1, [insertNote(personId)], [first, second]) });
    const acceptance = accepted(first, new Date().toISOString());
    await write(personId, { decide: () => decision(personId, 2, [], [acceptance]) });
    expect(await seenBy(TRUST, personId)).toBe(1);
  });

  it('writes a fact whose time a faster clock gave, and shows it when that time has come', async () => {
    const personId = uuidv4();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const work = { decide: () => decision(personId, 1, [insertNote(personId)], [received(personId, later)]) };
    await expect(write(personId, work)).resolves.toMatchObject({ etag: 1 });
    expect(await seenBy(TRUST, personId)).toBe(0);
  });

  it('leaves no right behind when the write does not happen', async () => {
    const personId = uuidv4();
    const work = { decide: () => decision(personId, 1, [updateNote(personId, 1, 7)], [received(personId)]) };
    await expect(write(personId, work)).rejects.toThrow();
    expect(await book.all('SELECT 1 FROM relationship WHERE person_id = $1', [personId])).toEqual([]);
  });
});
