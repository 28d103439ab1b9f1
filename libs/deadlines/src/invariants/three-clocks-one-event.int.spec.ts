import { systemClock } from '@homeward/kernel';
import { Database, openPools, type Pools } from '@homeward/persistence';
import { eventually } from '@homeward/testing';
import type { Move } from '../domain/deadline';
import { aboutSomebody, createDeadlines, TEAM, type About, type Deadlines } from '../deadlines.fixture';

const PEOPLE = 120;
/** Deadlines end, one after the other, within this. */
const SPREAD_MS = 3_000;

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

const start = (about: About): Promise<unknown> =>
  service.tell(about, { move: 'start', rule: 'C1.emergency', startsAt: new Date(), owner: TEAM });

/** However long it took to lay them down: the first is due now. */
const SOON = `UPDATE deadline d SET due = clock_timestamp() + (o.nth - 1) * $2::float * interval '1 millisecond'
  FROM unnest($1::text[]) WITH ORDINALITY AS o (subject, nth) WHERE d.subject = o.subject AND d.step IS NULL`;

describe('three clocks and callers at once', () => {
  it('tell of each missed deadline once, and of none that was met in time; nobody deadlocks', async () => {
    const people = Array.from({ length: PEOPLE }, aboutSomebody);
    for (let n = 0; n < PEOPLE; n += 20) await Promise.all(people.slice(n, n + 20).map(start));
    await service.asWorker(SOON, [people.map(({ subject }) => subject), SPREAD_MS / PEOPLE]);
    const clocks = replicas.map(({ app, worker }) =>
      service.clock(new Database({ service: 'referrals', app, worker, clock: systemClock }), systemClock, worker),
    );
    for (const clock of clocks) clock.start();
    // Of every third, what is done in time is told while the clocks look; of another, something else again and again.
    const callers = people.map(async (about, n) => {
      if (n % 3 === 0) {
        const [row] = await service.asWorker<{ due: Date }>(
          'SELECT due FROM deadline WHERE subject = $1 AND step IS NULL',
          [about.subject],
        );
        const due = row?.due ?? new Date();
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due.getTime() - Date.now() + (n % 7) * 5)));
        await service.tell(about, { move: 'done', at: new Date(due.getTime() - 1_000) });
      }
      if (n % 3 === 1) for (let told = 0; told < 3; told += 1) await service.tell(about, ...anotherQuestion());
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
    const met = people.filter((_, n) => n % 3 === 0).map(({ subject }) => told.get(subject)?.join());
    // The clock may have looked before the fact was told: then it follows the missed one, and takes its place.
    for (const one of met) expect(['started,met', 'started,missed,met']).toContain(one);
    const missed = people.filter((_, n) => n % 3 !== 0).map(({ subject }) => told.get(subject)?.join());
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
