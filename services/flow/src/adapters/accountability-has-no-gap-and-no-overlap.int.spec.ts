import { formatMicros, instantOf, parseMicros, uuidv7 } from '@homeward/kernel';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { as, createFlow, RZ1, setClock, type Flow, type TestTeam } from '../flow.fixture';
import { evolve, holdingAt, open, type AccountabilityFact, type TeamFact } from '../domain/accountability';
import { loadCourse, loadFacts, recordFact, toCourse, toFact } from './accountability.repository';

const clock = setClock('2026-11-02T09:00:00Z');
const at = (minute: number): string => instantOf(new Date(Date.UTC(2026, 9, 1, 9, minute)));

let flow: Flow;
let teams: TestTeam[];
beforeAll(async () => {
  flow = await createFlow({ clock });
  teams = [await flow.team(), await flow.team(), await flow.team()];
});
afterAll(() => flow.drop());

interface Told {
  team: number;
  kind: TeamFact['kind'];
  occurred: number;
  corrects: number | null;
}

/** Tells facts one after the other, each in a write of its own, and corrections of what was told before. */
async function tell(person: string, facts: Told[]): Promise<AccountabilityFact[]> {
  await flow.accepted(person, teams[0] as TestTeam, new Date(at(0)));
  const [episode] = await flow.asWorker<{ id: string }>('SELECT id FROM episode WHERE person_id = $1', [person]);
  for (const { team, kind, occurred, corrects } of facts) {
    await flow.database.write(
      as(RZ1),
      { keys: [`person/${person}`] },
      {
        load: loadCourse({ person }),
        decide: (rows, { now }) => {
          const known = toCourse(rows, now);
          const told = inOrder(known.facts);
          const fact: TeamFact = {
            id: uuidv7(),
            kind,
            episodeId: episode?.id ?? '',
            hospitalStayId: kind.startsWith('hospital') ? uuidv7() : undefined,
            organisation: RZ1,
            teamId: teams[team]?.id ?? '',
            answeredBy: teams[team]?.nurse ?? '',
            dutyUntil: null,
            occurredAt: at(occurred),
            recordedAt: formatMicros(parseMicros(known.recordedAt) + BigInt(known.facts.length)),
            // The opening itself is not corrected here: its correction would move the beginning.
            corrects: corrects === null ? undefined : told[corrects + 1]?.id,
          };
          return {
            changes: recordFact(person, known, fact),
            events: [],
            outcome: { status: 200, body: {} },
            audit: { subject: 'test', personIds: [person] },
          };
        },
      },
    );
  }
  const rows = await flow.database.read(as(RZ1), loadFacts({ person }), { subject: 'test', people: false });
  return inOrder(rows.map(toFact));
}

const inOrder = (facts: AccountabilityFact[]) => [...facts].sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1));

const teamAt = async (person: string, instant: string): Promise<string | undefined> => {
  const rows = await flow.asWorker<{ team_id: string }>(
    'SELECT team_id FROM accountability WHERE person_id = $1 AND during @> $2::timestamptz',
    [person, instant],
  );
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0]?.team_id;
};

const KINDS = ['transfer-completed', 'hospital-stay-began', 'hospital-stay-moved', 'hospital-stay-ended'] as const;
const told = fc.array(
  fc.record({
    team: fc.nat(2),
    kind: fc.constantFrom(...KINDS),
    occurred: fc.integer({ min: 1, max: 12 }),
    corrects: fc.option(fc.nat(4), { freq: 3 }),
  }),
  { maxLength: 7 },
);

describe('accountability has no gap and no overlap, in its table', () => {
  it('however late and out of order facts are told', async () => {
    await fc.assert(
      fc.asyncProperty(told, async (facts) => {
        const person = randomUUID();
        const known = await tell(person, facts);
        const [whole] = await flow.asWorker<{ pieces: number; from: Date; until: Date | null }>(
          `SELECT (SELECT count(*)::int FROM unnest(range_agg(during))) AS pieces,
            lower(range_agg(during)) AS "from", upper(range_agg(during)) AS until FROM accountability WHERE person_id = $1`,
          [person],
        );
        expect(whole).toEqual({ pieces: 1, from: new Date(at(0)), until: null });

        const { ranges } = evolve(known);
        for (let minute = -1; minute <= 13; minute += 1) {
          expect(await teamAt(person, at(minute))).toBe(holdingAt(ranges, at(minute))?.teamId);
        }
        const now = open(ranges);
        const [row] = await flow.asWorker<{ beside: string | null }>(
          `SELECT accountable_team_id AS team, coordinator_id AS answers, hospital_stay_id AS stay,
            community_team_id AS beside, closed_at AS closed FROM episode WHERE person_id = $1`,
          [person],
        );
        const beside = now?.hospitalStayId ? (open(evolve(known).community)?.teamId ?? null) : null;
        const stay = now?.hospitalStayId ?? null;
        expect(row).toEqual({ team: now?.teamId, answers: now?.answeredBy, stay, beside, closed: null });
      }),
      { numRuns: 25 },
    );
  });

  it('and the table itself refuses a second accountable team at an instant (TRF-03)', async () => {
    const person = randomUUID();
    await tell(person, []);
    const second = flow.asWorker(
      `INSERT INTO accountability SELECT person_id, $2, episode_id, tstzrange($3, NULL) FROM accountability WHERE person_id = $1`,
      [person, teams[1]?.id, at(5)],
    );
    await expect(second).rejects.toMatchObject({ code: '23P01' });
  });

  it('and an episode without an accountable team or without somebody who answers (DEC-04)', async () => {
    const columns = ['accountable_team_id', 'coordinator_id'];
    for (const column of columns) {
      const emptied = flow.asWorker(`UPDATE episode SET ${column} = NULL`);
      await expect(emptied).rejects.toMatchObject({ code: '23502', column });
    }
  });

  it('and a second open episode of one person', async () => {
    const person = randomUUID();
    await tell(person, []);
    const second = flow.asWorker(
      `INSERT INTO episode (id, person_id, referral_id, accountable_team_id, coordinator_id, opened_at)
        SELECT $2, person_id, referral_id, accountable_team_id, coordinator_id, opened_at FROM episode WHERE person_id = $1`,
      [person, uuidv7()],
    );
    await expect(second).rejects.toMatchObject({ code: '23505', constraint: 'one_open_episode' });
  });
});
