import { episodeOpened, newEvent, type NewEvent } from '@homeward/contracts';
import { uuidv4 } from '@homeward/kernel';
import {
  contextOf,
  decision,
  insertNote,
  openNotebook,
  received,
  streamOf,
  TRUST,
  type Notebook,
} from './notebook.fixture';

describe('an event that is not right fails its command', () => {
  let book: Notebook;
  beforeAll(async () => {
    book = await openNotebook();
  });
  afterAll(() => book.close());

  const personId = uuidv4();
  const good = received(personId);
  const data = good.data as Record<string, unknown>;
  const foreign = newEvent(episodeOpened, { ...good, data: episodeOpened.example });

  it.each<[string, NewEvent, string]>([
    [
      'has a field that its schema does not know',
      { ...good, data: { ...data, name: 'Jo' } },
      'does not keep its schema',
    ],
    ['lacks a field', { ...good, data: { ...data, priority: undefined } }, 'does not keep its schema'],
    ['is in no catalogue', { ...good, type: 'homeward.referrals.referral.dreamt.v1' }, 'is not in the catalogue'],
    ['belongs to another service', foreign, 'is not published by referrals'],
    ['is about somebody else', { ...good, personId: uuidv4() }, 'stands on the stream of another person'],
    ['stands on a stream that nobody locked', received(uuidv4()), 'did not lock'],
    ['happened at no time', { ...good, occurredAt: 'yesterday' }, 'did not occur at an instant'],
    ['has more than 64 kB', { ...good, subject: `referral/${'9'.repeat(70_000)}` }, 'more than'],
  ])('when it %s', async (_, event, message) => {
    const work = { decide: () => decision(personId, 1, [insertNote(personId)], [event]) };
    await expect(book.database.write(contextOf(TRUST), streamOf(personId), work)).rejects.toThrow(message);
    expect(await book.all('SELECT 1 FROM note UNION ALL SELECT 1 FROM outbox')).toEqual([]);
  });

  it('and a good one does not', async () => {
    const work = { decide: () => decision(personId, 1, [insertNote(personId)], [good]) };
    await expect(book.database.write(contextOf(TRUST), streamOf(personId), work)).resolves.toMatchObject({ etag: 1 });
  });
});
