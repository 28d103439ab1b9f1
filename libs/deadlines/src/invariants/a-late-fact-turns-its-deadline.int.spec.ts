import { aboutSomebody, createDeadlines, TEAM, type Deadlines } from '../deadlines.fixture';
import type { Move } from '../domain/deadline';
import type { DeadlineClock } from '../clock';

let service: Deadlines;
let clock: DeadlineClock;
beforeAll(async () => {
  service = await createDeadlines({ simulated: true });
  clock = service.clock();
});
afterAll(() => service.drop());

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 25, hour));
const move = async (hour: number): Promise<void> => {
  await service.asWorker(
    'INSERT INTO simulated_clock (now) VALUES ($1) ON CONFLICT (one) DO UPDATE SET now = excluded.now',
    [at(hour)],
  );
  await clock.look();
};
/** Answered within 24 hours, then managers, then a director. */
const start = (hour: number, more: Partial<Move> = {}): Move =>
  ({ move: 'start', rule: 'TRF.response.urgent', startsAt: at(hour), owner: TEAM, ...more }) as Move;
const told = async (about: { personId: string; subject: string }) =>
  (await service.published(about)).map(({ type, data }) => [type, data.status, data.step].filter(Boolean).join(' '));

let hour = 9;
beforeEach(async () => {
  hour += 500;
  await move(hour);
});

describe('a deadline', () => {
  it('is warned of, missed, and goes up its ladder, each told once', async () => {
    const about = aboutSomebody();
    await service.tell(about, start(hour));
    for (const later of [1, 19, 20, 25, 26, 100, 101, 200]) await move(hour + later);
    expect(await told(about)).toEqual([
      'started running',
      'step-reached running warning',
      'missed missed',
      'step-reached missed TRF-07.managers',
      'step-reached missed TRF-07.director',
    ]);
    expect(await service.statusOf(about)).toEqual(['missed']);
    expect(service.troubles).toEqual([]);
  });

  it('that a clock has called missed is met, once it is told that it was done in time', async () => {
    const about = aboutSomebody();
    await service.tell(about, start(hour));
    await move(hour + 30);
    await service.tell(about, { move: 'done', at: at(hour + 2) });
    expect((await told(about)).filter((one) => !one.startsWith('step'))).toEqual([
      'started running',
      'missed missed',
      'met met',
    ]);
    await move(hour + 400);
    expect(
      await service.asWorker(`SELECT FROM deadline WHERE subject = $1 AND status = 'running'`, [about.subject]),
    ).toEqual([]);
  });

  it('that was met is missed, once what was told of it is corrected', async () => {
    const about = aboutSomebody();
    await service.tell(about, start(hour));
    await service.tell(about, { move: 'done', at: at(hour) });
    await service.tell(about, { move: 'done', at: at(hour + 25), correction: true });
    expect(await told(about)).toEqual(['started running', 'met met', 'missed missed']);
  });

  it('falls silent with a death, however late it is told (DEC-05)', async () => {
    const [early, late] = [aboutSomebody(), aboutSomebody()];
    for (const about of [early, late]) await service.tell(about, start(hour));
    await service.tell(early, { move: 'not-needed', at: at(hour + 1), because: 'died' });
    await move(hour + 30);
    await service.tell(late, { move: 'not-needed', at: at(hour + 1), because: 'died' });
    await move(hour + 400);
    expect(await told(early)).toEqual(['started running', 'cancelled suspended']);
    expect(await told(late)).toEqual(['started running', 'missed missed', 'cancelled suspended']);
  });

  it('of imported history rings no alarm; one that is told late rings one (DEC-06)', async () => {
    const [imported, late] = [aboutSomebody(), aboutSomebody()];
    await service.tell(imported, start(hour - 400, { imported: true }));
    await service.tell(late, start(hour - 400));
    await move(hour + 400);
    expect(await told(imported)).toEqual([]);
    expect(await told(late)).toEqual(['missed missed']);
  });
});

describe('a clock', () => {
  it('goes on past a deadline that it cannot decide, and leaves no audit row where nothing was due', async () => {
    const [broken, sound] = [aboutSomebody(), aboutSomebody()];
    await service.tell(broken, start(hour));
    await service.tell(sound, start(hour));
    // No event can carry it.
    await service.asWorker(`UPDATE deadline SET organisation = 'no code' WHERE subject = $1`, [broken.subject]);
    await move(hour + 25);
    expect(service.troubles.splice(0)).toEqual([expect.any(Error)]);
    expect(await service.statusOf(broken)).toEqual(['running']);
    expect(await service.statusOf(sound)).toEqual(['missed']);
    expect(await clock.behind()).toBeGreaterThan(0);
    await service.asWorker('DELETE FROM deadline WHERE subject = $1 AND main_id IS NOT NULL', [broken.subject]);
    await service.asWorker('DELETE FROM deadline WHERE subject = $1', [broken.subject]);
    expect(await clock.behind()).toBe(0);
    const rows = async () => service.asWorker(`SELECT FROM audit WHERE action = 'watch-deadlines'`);
    const before = (await rows()).length;
    await clock.look();
    expect(await rows()).toHaveLength(before);
  });

  it('calls nothing missed while its machine and the database do not agree on the time', async () => {
    const other = await createDeadlines();
    const about = aboutSomebody();
    await other.tell(about, { move: 'start', rule: 'C1.emergency', startsAt: new Date(), owner: TEAM });
    const ahead = other.clock(undefined, { now: () => new Date(Date.now() + 3_600_000) });
    await ahead.look();
    expect(await other.statusOf(about)).toEqual(['running']);
    expect(other.troubles.map(({ message }) => message)).toEqual([expect.stringContaining('not that of the database')]);
    await other.drop();
  });
});
