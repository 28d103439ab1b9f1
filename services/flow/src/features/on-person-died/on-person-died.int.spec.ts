import { instantOf, uuidv7 } from '@homeward/kernel';
import { randomUUID } from 'node:crypto';
import { as, createFlow, RZ1, RZ2, setClock, type Flow, type TestTeam } from '../../flow.fixture';
import { BeginHospitalStay } from '../begin-hospital-stay/begin-hospital-stay';
import { toHolder } from '../holders/holders.http';
import { holderOf } from '../holders/holders.query';
import { ProposeTransfer } from '../propose-transfer/propose-transfer';

const clock = setClock('2026-11-03T00:00:00Z');
const at = (hour: number): string => instantOf(new Date(Date.UTC(2026, 10, 2, hour)));

let flow: Flow;
let community: TestTeam;
let intensive: TestTeam;
let ward: TestTeam;
let person: string;
beforeAll(async () => {
  flow = await createFlow({ clock });
  community = await flow.team(RZ1);
  intensive = await flow.team(RZ2, 'intensive-support');
  ward = await flow.team(RZ2, 'hospital');
});
afterAll(() => flow.drop());
beforeEach(() => {
  person = randomUUID();
  clock.at = new Date(at(24));
});

const accepted = (hour: number, team = community) => flow.accepted(person, team, new Date(at(hour)));
const admitted = (hour: number) =>
  new BeginHospitalStay(flow.database, flow.facts).begin(as(RZ2), {
    ...{ id: uuidv7(), personId: person, teamId: ward.id, coordinatorId: ward.nurse, occurredAt: at(hour) },
  });
const of = (text: string) => flow.asWorker<Record<string, unknown>>(text, [person]);
const ranges = () =>
  of(
    `SELECT team_id, lower(during) AS "from", upper(during) AS until FROM accountability WHERE person_id = $1 ORDER BY during`,
  );
const hour = (n: number) => new Date(at(n));
const open = () =>
  of('SELECT team_id, kind FROM work_item WHERE person_id = $1 AND settled_at IS NULL ORDER BY kind, team_id');
const types = async () =>
  (await flow.published(person)).map(({ type }) => type.replace(/^homeward\.flow\.(.*)\.v1$/, '$1'));
const closings = async (id = person) =>
  (await flow.published(id)).filter(({ type }) => type === 'homeward.flow.episode.closed.v1');
const holder = async (organisation: string) => {
  const context = as(organisation);
  const [row] = await flow.database.read(context, holderOf(context.principal, person, context.role), {
    subject: 'holder',
  });
  return row && toHolder(row);
};

describe('a death', () => {
  it('ends responsibility at its instant, and asks who was accountable to notify it (DEC-05)', async () => {
    await accepted(1);
    await flow.died(person, at(8));
    expect(await ranges()).toEqual([{ team_id: community.id, from: hour(1), until: hour(8) }]);
    expect(await of('SELECT closed_at, closed_reason FROM episode WHERE person_id = $1')).toEqual([
      { closed_at: hour(8), closed_reason: 'died' },
    ]);
    expect(await open()).toEqual([{ team_id: community.id, kind: 'leder-notification' }]);
    expect(await types()).toEqual(['episode.opened', 'episode.closed']);
  });

  it('leaves to those entitled who was last responsible', async () => {
    await accepted(1);
    await admitted(4);
    await flow.died(person, at(8));
    for (const organisation of [RZ1, RZ2]) {
      expect(await holder(organisation)).toMatchObject({
        ...{ by: 'died', since: at(4), until: at(8), team: { id: ward.id } },
        beside: { team: { id: community.id } },
      });
    }
    expect(await open()).toEqual([{ team_id: ward.id, kind: 'leder-notification' }]);
  });

  it('silences what was open: transfers are superseded, work items settled (DEC-05)', async () => {
    await accepted(1);
    await accepted(2, intensive);
    expect(await open()).toHaveLength(2);
    const [{ id: episodeId } = {}] = await of('SELECT id FROM episode WHERE person_id = $1');
    await new ProposeTransfer(flow.database, flow.boards).propose(as(RZ1), {
      ...{ id: uuidv7(), episodeId: episodeId as string, toTeamId: intensive.id, reasonCode: 'more-support' },
      ...{ priority: 'soon', riskAssessedAt: at(1) },
    });
    await flow.died(person, at(8));
    expect(await of('SELECT status FROM transfer WHERE person_id = $1')).toEqual([{ status: 'superseded' }]);
    expect(await open()).toEqual([
      { team_id: community.id, kind: 'leder-notification' },
      { team_id: community.id, kind: 'transfer-superseded' },
      { team_id: intensive.id, kind: 'transfer-superseded' },
    ]);
  });

  it('told late stands before what is known to have happened since, which is kept and changes nobody’s responsibility', async () => {
    await accepted(1);
    await admitted(6);
    await flow.died(person, at(4));
    expect(await ranges()).toEqual([{ team_id: community.id, from: hour(1), until: hour(4) }]);
    expect(await open()).toEqual([{ team_id: community.id, kind: 'leder-notification' }]);
    const { body } = await admitted(9);
    expect(body).toMatchObject({
      status: 'ended',
      warnings: [{ code: 'after-the-death' }, { code: 'no-community-team' }],
    });
    expect(await ranges()).toHaveLength(1);
  });

  it('is told before anything else: what happened before it is recorded, up to it', async () => {
    await flow.died(person, at(8));
    expect(await open()).toEqual([]);
    await accepted(3);
    expect(await ranges()).toEqual([{ team_id: community.id, from: hour(3), until: hour(8) }]);
    expect(await of('SELECT closed_at FROM episode WHERE person_id = $1')).toEqual([{ closed_at: hour(8) }]);
    expect(await open()).toEqual([{ team_id: community.id, kind: 'leder-notification' }]);
    await accepted(9, intensive);
    expect(await ranges()).toHaveLength(1);
    expect(await open()).toHaveLength(1);
  });

  it('of somebody of whom nobody has told anything leaves an acceptance after it without an episode that is open', async () => {
    await flow.died(person, at(8));
    await accepted(9);
    expect(await of('SELECT opened_at, closed_at FROM episode WHERE person_id = $1')).toEqual([
      { opened_at: hour(9), closed_at: hour(9) },
    ]);
    expect(await holder(RZ1)).toMatchObject({ by: 'died', team: { id: community.id } });
  });

  it('of which only the day is known ends with the day', async () => {
    await accepted(1);
    await flow.died(person, '2026-11-02');
    expect(await ranges()).toEqual([{ team_id: community.id, from: hour(1), until: hour(24) }]);
  });

  it('corrected moves to where it was, and asks nobody a second time (DEC-06)', async () => {
    await accepted(1);
    await admitted(6);
    const wrong = await flow.died(person, at(4));
    await flow.died(person, at(8), { corrects: wrong.id });
    expect(await ranges()).toEqual([
      { team_id: community.id, from: hour(1), until: hour(6) },
      { team_id: ward.id, from: hour(6), until: hour(8) },
    ]);
    expect(await of('SELECT closed_at FROM episode WHERE person_id = $1')).toEqual([{ closed_at: hour(8) }]);
    expect(await open()).toHaveLength(1);
    const [first, second, ...more] = await closings();
    expect(first).toMatchObject({ occurredat: at(4) });
    expect(first?.corrects).toBeUndefined();
    expect(second).toMatchObject({ corrects: first?.id, occurredat: at(8) });
    expect(more).toEqual([]);
  });

  it('corrected twice corrects the closing before each time, also where one in between closed nothing anew', async () => {
    await accepted(1);
    const first = await flow.died(person, at(4));
    const same = await flow.died(person, at(4), { corrects: first.id });
    const third = await flow.died(person, at(8), { corrects: same.id });
    await flow.died(person, at(6), { corrects: third.id });
    const told = await closings();
    expect(told.map(({ corrects }) => corrects)).toEqual([undefined, told[0]?.id, told[1]?.id]);
  });

  it('corrected closes an episode that opened after it was first told, and corrects no closing', async () => {
    const first = await flow.died(person, at(8));
    await accepted(3);
    await flow.died(person, at(9), { corrects: first.id });
    expect((await closings()).map(({ corrects }) => corrects)).toEqual([undefined]);
  });

  it('corrected is corrected under each id of the person', async () => {
    const alias = randomUUID();
    await accepted(1);
    await flow.accepted(alias, intensive, new Date(at(1)));
    await flow.merged(person, alias);
    const first = await flow.died(person, at(4));
    await flow.died(person, at(8), { corrects: first.id });
    for (const id of [person, alias]) {
      const [one, other] = await closings(id);
      expect(other?.corrects).toBe(one?.id);
    }
  });

  it('is taken once', async () => {
    await accepted(1);
    const event = await flow.died(person, at(8));
    await flow.react(event);
    expect(await types()).toEqual(['episode.opened', 'episode.closed']);
  });
});
