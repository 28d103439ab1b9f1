import { uuidv4 } from '@homeward/kernel';
import { ClockBehind } from '../errors';
import type { DecisionTime, Work } from '../decision';
import {
  contextOf,
  decision,
  insertNote,
  loadNote,
  openNotebook,
  received,
  streamOf,
  TRUST,
  type Notebook,
} from './notebook.fixture';

const [MONDAY, TUESDAY, WEDNESDAY, THURSDAY] = [2, 3, 4, 5].map((day) => new Date(`2026-03-0${day}T09:00:00Z`));

describe('the simulated clock only goes forward', () => {
  let book: Notebook;
  beforeEach(async () => {
    book = await openNotebook({ simulated: true });
  });
  afterEach(() => book.close());

  const clock = async () => (await book.all<{ now: Date }>('SELECT now FROM simulated_clock'))[0]?.now;
  const note = (personId: string, seen: Date[], occurredAt?: Date): Work => ({
    decide: (_, { now }: DecisionTime) => {
      seen.push(now);
      const event = received(personId, (occurredAt ?? now).toISOString());
      return decision(personId, 1, [insertNote(personId)], [event]);
    },
  });
  async function write(simulatedNow?: Date): Promise<{ personId: string; now?: Date }> {
    const personId = uuidv4();
    const seen: Date[] = [];
    await book.database.write(contextOf(TRUST, { simulatedNow }), streamOf(personId), note(personId, seen));
    return { personId, now: seen[0] };
  }

  it('and every command reads it', async () => {
    expect((await write(TUESDAY)).now).toEqual(TUESDAY);
    expect((await write()).now).toEqual(TUESDAY);
    expect((await write(WEDNESDAY)).now).toEqual(WEDNESDAY);
    expect(await clock()).toEqual(WEDNESDAY);
  });

  it('so a command from before it is refused', async () => {
    await write(TUESDAY);
    await expect(write(MONDAY)).rejects.toBeInstanceOf(ClockBehind);
    expect(await clock()).toEqual(TUESDAY);
  });

  it('while commands at different times wait for no other', async () => {
    const times = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY];
    await Promise.allSettled(Array.from({ length: 40 }, (_, i) => write(times[i % 4])));
    expect(await clock()).toEqual(THURSDAY);
    expect(await book.all('SELECT DISTINCT 1 FROM note')).toHaveLength(1);
  });

  it('and no reaction acts before its cause', async () => {
    await write(TUESDAY);
    const act = async (time: string) => {
      const personId = uuidv4();
      const seen: Date[] = [];
      const inbox = { reader: 'r', source: '/homeward/flow', stream: `person/${personId}`, sequence: 1n, time };
      await book.database.write(contextOf('referrals'), streamOf(personId), note(personId, seen), { inbox });
      return seen[0];
    };
    expect(await act('2026-03-04T09:00:00.000001Z')).toEqual(new Date('2026-03-04T09:00:00.001Z'));
    expect(await act('2026-03-02T09:00:00.000001Z')).toEqual(TUESDAY);
  });

  it('and rights begin and end by it', async () => {
    const { personId } = await write(TUESDAY);
    await book.all('UPDATE relationship SET until = $1', [WEDNESDAY]);
    const seenAt = async (simulatedNow?: Date) => {
      const context = contextOf(TRUST, { simulatedNow });
      return (await book.database.read(context, loadNote(personId), { subject: 'note', people: false })).length;
    };
    expect(await seenAt()).toBe(1);
    expect(await seenAt(THURSDAY)).toBe(0);
    expect(await seenAt(TUESDAY)).toBe(0);
  });
});
