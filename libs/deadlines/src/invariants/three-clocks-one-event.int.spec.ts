import { systemClock } from '@homeward/kernel';
import { Database, openPools, type Pools } from '@homeward/persistence';
import { eventually } from '@homeward/testing';
import type { Move } from '../domain/deadline';
import { aboutSomebody, createDeadlines, TEAM, type About, type Deadlines } from '../deadlines.fixture';

const PEOPLE = 160;
const isTold = (n: number): boolean => n % 4 !== 0;
/** Deadlines end, one after the other, within this. */
const SPREAD_MS = 4_000;

let service: Deadlines;
let replicas: Pools[];
beforeAll(async () => {
  service = await createDeadlines();
  replicas = Array.from({ length: 3 }, () => openPools(service.config));
});
afterAll(async () => {
  await Promise.all(replicas.map((pools) => pools.end()));
  await service.drop();
});

const deadlocks = async (): Promise<number> => {
  const [row] = await service.asWorker<{ deadlocks: string }>(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(row?.deadlocks);
};

const WAITING = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

const start = (about: About): Promise<unknown> =>
  service.tell(about, { move: 'start', rule: 'C1.emergency', startsAt: new Date(), owner: TEAM });

/** However long it took to lay them down: the first is due now. */
const SOON = `UPDATE deadline d SET due = clock_timestamp() + (o.nth - 1) * $2::float * interval '1 millisecond'
  FROM unnest($1::text[]) WITH ORDINALITY AS o (subject, nth) WHERE d.subject = o.subject AND d.step IS NULL`;

describe('three clocks and callers at once', () => {
  it('never keep a command that has the person from its rows', async () => {
    const about = aboutSomebody();
    await start(about);
    await service.asWorker(SOON, [[about.subject], 0]);
    const command = await service.pools.worker.connect();
    try {
      await command.query('BEGIN');
      await command.query(
        'INSERT INTO stream (key) VALUES ($1) ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING 1',
        [`person/${about.personId}`],
      );
      const looking = service.clock().look();
      await eventually(async () => (await service.asWorker(WAITING)).length > 0);
      // Shorter than the server takes to see a deadlock.
      await command.query("SET LOCAL lock_timeout = '250ms'");
      await command.query(
        `UPDATE deadline SET status = 'met', settled_at = due, version = version + 1 WHERE subject = $1 AND step IS NULL`,
        [about.subject],
      );
      await command.query('COMMIT');
      await looking;
    } finally {
      command.release(true);
    }
    expect(service.troubles).toEqual([]);
    expect(await service.statusOf(about)).toEqual(['met']);
  });

  it('tell of each missed deadline once, and of none that was met in time; nobody deadlocks', async () => {
    const people = Array.from({ length: PEOPLE }, aboutSomebody);
    for (let n = 0; n < PEOPLE; n += 20) await Promise.all(people.slice(n, n + 20).map(start));
    await service.asWorker(SOON, [people.map(({ subject }) => subject), SPREAD_MS / PEOPLE]);
    const clocks = replicas.map(({ app, worker }) =>
      service.clock(new Database({ service: 'referrals', app, worker, clock: systemClock }), systemClock, worker),
    );
    for (const clock of clocks) clock.start();
    // Of most, what is done in time is told as the clocks look; of the others, something else again and again.
    const callers = people.map(async (about, n) => {
      if (isTold(n)) {
        const [row] = await service.asWorker<{ due: Date }>(
          'SELECT due FROM deadline WHERE subject = $1 AND step IS NULL',
          [about.subject],
        );
        const due = row?.due ?? new Date();
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due.getTime() - Date.now() + (n % 9) - 6)));
        await service.tell(about, { move: 'done', at: new Date(due.getTime() - 1_000) });
      }
      if (!isTold(n)) for (let told = 0; told < 3; told += 1) await service.tell(about, ...anotherQuestion());
    });
    await Promise.all(callers);
    await eventually(async () => {
      const running = await service.asWorker(
        `SELECT FROM deadline WHERE status = 'running' AND rule LIKE 'C1.%' AND step IS NULL`,
      );
      expect(running).toEqual([]);
    });
    await Promise.all(clocks.map((clock) => clock.stop()));

    const told = new Map<string, string[]>();
    for (const { type, data } of await service.published()) {
      if (data.ruleId !== 'C1.emergency' || type === 'step-reached') continue;
      told.set(data.about, [...(told.get(data.about) ?? []), type]);
    }
    const met = people.filter((_, n) => isTold(n)).map(({ subject }) => told.get(subject)?.join());
    // The clock may have looked before the fact was told: then it follows the missed one, and takes its place.
    for (const one of met) expect(['started,met', 'started,missed,met']).toContain(one);
    const missed = people.filter((_, n) => !isTold(n)).map(({ subject }) => told.get(subject)?.join());
    expect(missed).toEqual(missed.map(() => 'started,missed'));
    expect(service.troubles).toEqual([]);

    // Connections tell their count when they end.
    await Promise.all(replicas.splice(0).map((pools) => pools.end()));
    expect(await deadlocks()).toBe(0);
  });
});

/** What a command of the same person writes meanwhile. */
const anotherQuestion = (): Move[] => [
  { move: 'start', rule: 'TRI-02', startsAt: new Date(), owner: TEAM },
  { move: 'not-needed', of: 'TRI-02', at: new Date(), because: 'not-needed' },
];
