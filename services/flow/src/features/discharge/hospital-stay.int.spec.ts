import { instantOf, uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { as, createFlow, NOBODY, RZ1, RZ2, setClock, type Flow, type TestTeam } from '../../flow.fixture';
import { AcceptDischarge } from '../accept-discharge/accept-discharge';
import { BeginHospitalStay } from '../begin-hospital-stay/begin-hospital-stay';
import { toHolder, type Holder } from '../holders/holders.http';
import { holderOf } from '../holders/holders.query';
import { toHospitalStay } from '../hospital-stays/hospital-stays.http';
import { hospitalStayFor } from '../hospital-stays/hospital-stays.query';
import { MoveHospitalStay } from '../move-hospital-stay/move-hospital-stay';
import { ProposeTransfer } from '../propose-transfer/propose-transfer';
import { workItemsOf } from '../work-items/work-items.query';
import { DischargeHandler } from './discharge';

const TRUST = 'RX9';
const clock = setClock('2026-11-02T00:00:00Z');
const at = (hour: number): string => instantOf(new Date(Date.UTC(2026, 10, 2, hour)));

let flow: Flow;
let community: TestTeam;
let intensive: TestTeam;
let ward: TestTeam;
let otherWard: TestTeam;
let begin: BeginHospitalStay;
let move: MoveHospitalStay;
let discharge: DischargeHandler;
let accept: AcceptDischarge;
let person: string;

beforeAll(async () => {
  flow = await createFlow({ clock });
  community = await flow.team(RZ1);
  intensive = await flow.team(RZ2, 'intensive-support');
  ward = await flow.team(TRUST, 'hospital');
  otherWard = await flow.team(RZ2, 'hospital');
  begin = new BeginHospitalStay(flow.database, flow.facts);
  move = new MoveHospitalStay(flow.database);
  discharge = new DischargeHandler(flow.database, flow.facts);
  accept = new AcceptDischarge(flow.database);
});
afterAll(() => flow.drop());

beforeEach(() => {
  person = randomUUID();
  clock.at = new Date(Date.UTC(2026, 10, 3));
});

const accepted = (hour = 1, team = community) => flow.accepted(person, team, new Date(at(hour)));
const admitted = (hour: number, team = ward, context: CommandContext = as(team.organisation)): Promise<Outcome> =>
  begin.begin(context, {
    id: uuidv7(),
    personId: person,
    teamId: team.id,
    coordinatorId: team.nurse,
    occurredAt: at(hour),
  });
const idOf = ({ body }: Outcome): string => body['id'] as string;
const moved = (id: string, hour: number, team = otherWard, context = as(TRUST)): Promise<Outcome> =>
  move.move(context, id, { teamId: team.id, coordinatorId: team.nurse, occurredAt: at(hour) });
const discharged = (id: string, hour: number, team = community, more: object = {}): Promise<Outcome> =>
  discharge.discharge(as(TRUST), id, {
    teamId: team.id,
    coordinatorId: team.nurse,
    occurredAt: at(hour),
    dischargeKind: 'planned',
    ...more,
  });

const ranges = async (): Promise<unknown[]> => {
  const rows = await flow.asWorker<{ team_id: string; from: Date; until: Date | null }>(
    `SELECT team_id, lower(during) AS "from", upper(during) AS until FROM accountability WHERE person_id = $1 ORDER BY during`,
    [person],
  );
  const hour = (date: Date | null) => date && (date.getTime() - Date.parse(at(0))) / 3_600_000;
  return rows.map(({ team_id, from, until }) => [nameOf(team_id), hour(from), hour(until)]);
};
const nameOf = (id: string): string =>
  Object.entries({ community, intensive, ward, otherWard }).find(([, team]) => team.id === id)?.[0] ?? id;
const holder = async (organisation: string): Promise<Holder | undefined> => {
  const context = as(organisation);
  const [row] = await flow.database.read(context, holderOf(context.principal, person, context.role), {
    subject: 'holder',
  });
  return row && toHolder(row);
};
const warned = ({ body }: Outcome): string[] =>
  ((body['warnings'] as { code: string }[] | undefined) ?? []).map(({ code }) => code);
const asked = async (team: TestTeam): Promise<string[]> => {
  const context = as(team.organisation);
  const items = await flow.database.read(context, workItemsOf(context.principal, team.id, undefined, 99), {
    subject: '',
  });
  return items.filter((row) => row['person_id'] === person).map((row) => row['kind'] as string);
};
const types = async (): Promise<string[]> =>
  (await flow.published(person)).map(({ type }) => type.replace(/^homeward\.flow\.(.*)\.v1$/, '$1'));

describe('an admission', () => {
  it('makes the hospital team accountable that instant; the community team and its co-ordinator stay named (DEC-02)', async () => {
    await accepted(1);
    const outcome = await admitted(5);
    expect(outcome).toMatchObject({ status: 201, body: { version: 1, status: 'in-hospital' } });
    expect(warned(outcome)).toEqual([]);
    expect(await ranges()).toEqual([
      ['community', 1, 5],
      ['ward', 5, null],
    ]);
    for (const organisation of [TRUST, RZ1]) {
      expect(await holder(organisation)).toMatchObject({
        ...{ by: 'hospital-stay', since: at(5), hospitalStayId: idOf(outcome), until: null },
        ...{ team: { id: ward.id }, answeredBy: { id: ward.nurse } },
        beside: { team: { id: community.id }, answeredBy: { id: community.nurse, name: 'Sam Example' } },
      });
    }
  });

  it('may be the first that anybody tells of somebody (DEC-04)', async () => {
    const outcome = await admitted(5);
    expect(warned(outcome)).toEqual(['no-community-team']);
    expect(await holder(TRUST)).toMatchObject({ by: 'hospital-stay', team: { id: ward.id }, beside: null });
    expect(await holder(RZ1)).toBeUndefined();
    await accepted(7);
    expect(await holder(RZ1)).toMatchObject({ by: 'hospital-stay', beside: { team: { id: community.id } } });
    expect(await types()).toEqual(['hospital-stay.began', 'episode.community-team-joined']);
  });

  it('supersedes open transfers in the same write, and tells both teams (DEC-02)', async () => {
    await accepted(1);
    const [{ id: episodeId }] = (await flow.asWorker('SELECT id FROM episode WHERE person_id = $1', [person])) as [
      { id: string },
    ];
    const proposal = { id: uuidv7(), episodeId, toTeamId: intensive.id, reasonCode: 'more-support' };
    clock.at = new Date(at(3));
    await new ProposeTransfer(flow.database, flow.boards).propose(as(RZ1), {
      ...proposal,
      ...{ priority: 'soon', riskAssessedAt: at(1) },
    });
    clock.at = new Date(Date.UTC(2026, 10, 3));
    expect(await holder(RZ2)).toBeDefined();
    await admitted(5);
    expect(await types()).toEqual([
      'episode.opened',
      'transfer.proposed',
      'hospital-stay.began',
      'transfer.superseded',
    ]);
    const [transfer] = await flow.asWorker('SELECT status FROM transfer WHERE id = $1', [proposal.id]);
    expect(transfer).toEqual({ status: 'superseded' });
    expect(await asked(community)).toEqual(['transfer-superseded']);
    expect(await asked(intensive)).toEqual(['transfer-superseded']);
    expect(await holder(RZ2)).toBeUndefined();
  });

  it('without a discharge before is a move, with a warning (DEC-01)', async () => {
    await accepted(1);
    const first = idOf(await admitted(5));
    expect(warned(await admitted(8, otherWard))).toEqual(['already-in-hospital']);
    expect(await ranges()).toEqual([
      ['community', 1, 5],
      ['ward', 5, 8],
      ['otherWard', 8, null],
    ]);
    expect(await holder(TRUST)).toBeUndefined();
    // Whoever had the person tells late what happened there.
    expect(warned(await moved(first, 6, ward))).toEqual([]);
  });

  it('told late has its place, and sees the person no longer than it lasted', async () => {
    await accepted(1);
    await admitted(8, otherWard);
    await admitted(4);
    expect(await ranges()).toEqual([
      ['community', 1, 4],
      ['ward', 4, 8],
      ['otherWard', 8, null],
    ]);
    expect(await holder(TRUST)).toBeUndefined();
    expect(await holder(RZ2)).toMatchObject({ team: { id: otherWard.id } });
  });

  it('by a hospital that never had a right to the person leaves what was known as it was', async () => {
    await accepted(3);
    await admitted(1);
    await discharge.record(as(RZ1), uuidv7(), person, {
      ...{ teamId: community.id, coordinatorId: community.nurse, occurredAt: at(2), dischargeKind: 'self-discharge' },
    });
    expect(await ranges()).toEqual([
      ['ward', 1, 2],
      ['community', 2, 3],
      ['community', 3, null],
    ]);
  });

  it.each<[string, () => Promise<Outcome>, object]>([
    ['of tomorrow', () => admitted(48), { code: 'in-the-future' }],
    ['to a team that is no hospital’s', () => admitted(5, community), { name: 'NotFound' }],
    ['of nobody', () => ((person = NOBODY), admitted(5)), { name: 'NotFound' }],
    ['by a stranger', () => admitted(5, ward, as('RZ7')), { name: 'NotFound' }],
  ])('%s is refused', async (_, admit, refusal) => {
    await expect(admit()).rejects.toMatchObject(refusal);
  });

  it('by a stranger asks people nothing: how long that takes would tell who is known here', async () => {
    const { asked } = flow.people;
    const of = { teamId: ward.id, coordinatorId: ward.nurse, occurredAt: at(5), dischargeKind: 'planned' as const };
    await expect(admitted(5, ward, as('RZ7'))).rejects.toMatchObject({ name: 'NotFound' });
    await expect(discharge.record(as('RZ7'), uuidv7(), person, of)).rejects.toMatchObject({ name: 'NotFound' });
    expect(flow.people.asked).toBe(asked);
  });

  it.each<[string, () => string, string]>([
    ['a team that nobody knows', () => randomUUID(), 'team-unknown'],
    ['a community team', () => intensive.id, 'team-not-in-a-hospital'],
  ])('to %s is refused to who has a right to the person', async (_, teamId, code) => {
    await accepted(1);
    const refused = admitted(5, { ...ward, id: teamId() }, as(RZ1));
    await expect(refused).rejects.toMatchObject({ code });
  });

  it('warns of who is not known in the team, and of a duty without a near end', async () => {
    await accepted(1);
    const dutyHolder = { practitionerId: randomUUID(), until: at(900) };
    const outcome = await begin.begin(as(TRUST), { id: uuidv7(), personId: person, teamId: ward.id, dutyHolder });
    expect(warned(outcome)).toEqual(['practitioner-not-in-team', 'duty-too-long']);
    expect(await holder(TRUST)).toMatchObject({ answeredBy: { id: dutyHolder.practitionerId, dutyUntil: at(900) } });
  });
});

describe('a discharge', () => {
  it('makes the community team accountable that instant, accepted or not, and asks both teams (DEC-02)', async () => {
    await accepted(1);
    const id = idOf(await admitted(5));
    const outcome = await discharged(id, 9, community, { dischargeKind: 'tribunal' });
    expect(outcome).toMatchObject({ status: 200, etag: 2, body: { status: 'ended' } });
    expect(warned(outcome)).toEqual(['discharge-not-accepted']);
    expect(await holder(RZ1)).toMatchObject({ by: 'episode', since: at(9), team: { id: community.id }, beside: null });
    expect(await holder(TRUST)).toBeUndefined();
    expect([await asked(community), await asked(ward)]).toEqual([
      ['discharge-not-accepted'],
      ['discharge-not-accepted'],
    ]);

    await expect(accept.accept(as(TRUST), id)).rejects.toMatchObject({ code: 'not-the-community-team' });
    await expect(accept.accept(as('RZ7'), id)).rejects.toMatchObject({ name: 'NotFound' });
    expect(await accept.accept(as(RZ1), id)).toMatchObject({ status: 200, body: { version: 3 } });
    expect([await asked(community), await asked(ward)]).toEqual([[], []]);
    await expect(accept.accept(as(RZ1), id)).rejects.toMatchObject({ code: 'discharge-accepted-already' });
  });

  it('that names nobody leaves the co-ordinator who stayed named', async () => {
    await accepted(1);
    const id = idOf(await admitted(5));
    const nobody = { coordinatorId: undefined };
    await expect(discharged(id, 9, intensive, nobody)).rejects.toMatchObject({ code: 'responsible-person-missing' });
    await discharged(id, 9, community, nobody);
    expect(await holder(RZ1)).toMatchObject({ answeredBy: { id: community.nurse } });
  });

  it('to another team ends the view of the one before', async () => {
    await accepted(1);
    const id = idOf(await admitted(5));
    await discharged(id, 9, intensive);
    expect(await holder(RZ1)).toBeUndefined();
    expect(await holder(RZ2)).toMatchObject({ by: 'episode', team: { id: intensive.id } });
  });

  it('told twice warns that no stay was known, and the last one holds', async () => {
    await accepted(1);
    const id = idOf(await admitted(5));
    await discharged(id, 9);
    expect(warned(await discharged(id, 11, intensive))).toEqual(['no-stay-known', 'discharge-not-accepted']);
    expect(await ranges()).toEqual([
      ['community', 1, 5],
      ['ward', 5, 9],
      ['community', 9, 11],
      ['intensive', 11, null],
    ]);
  });

  it('is settled by the next admission', async () => {
    await accepted(1);
    await discharged(idOf(await admitted(5)), 9);
    await admitted(10);
    expect([await asked(community), await asked(ward)]).toEqual([[], []]);
  });

  it('is no move to another hospital', async () => {
    await accepted(1);
    const id = idOf(await admitted(5));
    await expect(discharged(id, 9, otherWard)).rejects.toMatchObject({ code: 'team-not-in-the-community' });
  });
});

describe('a hospital stay', () => {
  it('is read as all that was told of it', async () => {
    await accepted(1);
    const id = idOf(await admitted(5));
    await moved(id, 7);
    await discharged(id, 9);
    const context = as(RZ1);
    const rows = await flow.database.read(context, hospitalStayFor(context.principal, id), { subject: '' });
    expect(toHospitalStay(rows[0] as never, rows)).toEqual({
      ...{ id, version: 3, status: 'ended', personId: person },
      hospitals: [
        { teamId: ward.id, answeredBy: ward.nurse, from: at(5), until: at(7) },
        { teamId: otherWard.id, answeredBy: otherWard.nurse, from: at(7), until: at(9) },
      ],
      ...{ dischargedTo: community.id, dischargedAt: at(9), dischargeAcceptedAt: null },
    });
  });

  it('is seen by the team that answers, and by nobody after it', async () => {
    await accepted(1);
    const id = idOf(await admitted(5));
    const seenBy = async () => {
      const all = [TRUST, RZ2, RZ1].map((organisation) => holder(organisation));
      return (await Promise.all(all)).map((found) => found !== undefined);
    };
    expect(await seenBy()).toEqual([true, false, true]);
    await moved(id, 7);
    expect(await seenBy()).toEqual([false, true, true]);
    await discharged(id, 9);
    expect(await seenBy()).toEqual([false, false, true]);
  });
});

describe('facts of one person, told in any order', () => {
  interface Step {
    hour: number;
    tell: () => Promise<unknown>;
  }

  it('make the same ranges, the same accountable team now, and one open episode', async () => {
    const story = (stay: { id?: string }): Step[] => [
      { hour: 1, tell: () => accepted(1) },
      { hour: 3, tell: async () => void (stay.id = idOf(await admitted(3))) },
      { hour: 5, tell: () => admitted(5, otherWard) },
      { hour: 7, tell: () => recorded(7, community) },
      { hour: 9, tell: () => admitted(9) },
      { hour: 11, tell: () => recorded(11, intensive) },
    ];
    const recorded = (hour: number, team: TestTeam) =>
      discharge.record(as(TRUST), uuidv7(), person, {
        ...{ teamId: team.id, coordinatorId: team.nurse, occurredAt: at(hour), dischargeKind: 'planned' },
      });
    const whole = [
      ['community', 1, 3],
      ['ward', 3, 5],
      ['otherWard', 5, 7],
      ['community', 7, 9],
      ['ward', 9, 11],
      ['intensive', 11, null],
    ];
    const orders = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        person = randomUUID();
        // A discharge is told by who may: the hospital has a right while nobody told that it ended.
        await flow.asWorker(
          `INSERT INTO relationship (source, person_id, organisation, kind, subject, "from") VALUES ('test', $1, $2, 'intake', 'test', $3)`,
          [person, TRUST, at(0)],
        );
        const steps = story({});
        for (const step of order) await steps[step]?.tell();
        expect(await ranges()).toEqual(whole);
        const open = await flow.asWorker(
          'SELECT accountable_team_id, hospital_stay_id FROM episode WHERE person_id = $1 AND closed_at IS NULL',
          [person],
        );
        expect(open).toEqual([{ accountable_team_id: intensive.id, hospital_stay_id: null }]);
        expect(await holder(RZ2)).toMatchObject({ by: 'episode', team: { id: intensive.id } });
      }),
      { numRuns: 20 },
    );
  });
});
