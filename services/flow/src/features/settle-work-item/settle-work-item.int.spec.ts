import { WORK_ITEM_KINDS } from '../../adapters/work-item.repository';
import { uuidv7 } from '@homeward/kernel';
import { randomUUID } from 'node:crypto';
import { as, createFlow, RZ1, RZ2, type Flow, type TestTeam } from '../../flow.fixture';
import { workItemsOf } from '../work-items/work-items.query';
import { SettleWorkItem } from './settle-work-item';

let flow: Flow;
let community: TestTeam;
let intensive: TestTeam;
let settling: SettleWorkItem;
beforeAll(async () => {
  flow = await createFlow();
  community = await flow.team(RZ1);
  intensive = await flow.team(RZ2, 'intensive-support');
  settling = new SettleWorkItem(flow.database);
});
afterAll(() => flow.drop());

/** Two teams accepted: each lead is asked. */
async function asked(): Promise<{ person: string; ours: string; theirs: string }> {
  const person = randomUUID();
  await flow.accepted(person, community, new Date('2026-11-23T09:00:00Z'));
  await flow.accepted(person, intensive, new Date('2026-11-24T09:00:00Z'));
  const rows = await flow.asWorker<{ id: string; team_id: string }>(
    'SELECT id, team_id FROM work_item WHERE person_id = $1',
    [person],
  );
  const of = (team: TestTeam) => rows.find(({ team_id }) => team_id === team.id)?.id ?? '';
  return { person, ours: of(community), theirs: of(intensive) };
}

const listed = async (organisation: string, team: TestTeam) => {
  const context = as(organisation);
  const rows = await flow.database.read(context, workItemsOf(context.principal, team.id, undefined, 100), {
    subject: `team/${team.id}`,
  });
  return rows.map(({ id }) => id);
};

describe('a work item', () => {
  it('that its team settles is listed no more, and that of the other team still is', async () => {
    const { ours, theirs } = await asked();
    expect(await settling.settle(as(RZ1), ours)).toMatchObject({
      status: 200,
      body: { id: ours, status: 'settled', links: { workItems: `/teams/${community.id}/work-items` } },
    });
    expect(await listed(RZ1, community)).not.toContain(ours);
    expect(await listed(RZ2, intensive)).toContain(theirs);
  });

  it('that was settled leaves who did it in the audit', async () => {
    const { person, ours } = await asked();
    await settling.settle(as(RZ1), ours);
    expect(
      await flow.asWorker('SELECT organisation, outcome, person_ids FROM audit WHERE subject = $1', [
        `work-item/${ours}`,
      ]),
    ).toEqual([{ organisation: RZ1, outcome: 'done', person_ids: [person] }]);
  });

  it('of another organisation’s team is as if it did not exist', async () => {
    const { theirs } = await asked();
    for (const id of [theirs, randomUUID()])
      await expect(settling.settle(as(RZ1), id)).rejects.toMatchObject({ name: 'NotFound' });
    expect(await listed(RZ2, intensive)).toContain(theirs);
  });

  it('is settled also where the view of the person has ended, as it was asked of the team', async () => {
    const { person, ours } = await asked();
    await flow.asWorker('DELETE FROM relationship WHERE person_id = $1', [person]);
    expect(await settling.settle(as(RZ1), ours)).toMatchObject({ status: 200 });
  });

  it('is settled once; the same request is answered alike', async () => {
    const { ours } = await asked();
    const context = as(RZ1);
    const first = await settling.settle(context, ours);
    expect(await settling.settle(context, ours)).toEqual({ ...first, replay: true });
    await expect(settling.settle(as(RZ1), ours)).rejects.toMatchObject({ code: 'work-item-settled-already' });
  });

  it('that a discharge opened is settled by accepting that (DEC-02)', async () => {
    const open = async (kind: string): Promise<string> => {
      const id = uuidv7();
      await flow.asWorker(
        'INSERT INTO work_item (id, team_id, person_id, kind, opened_at) VALUES ($1, $2, $3, $4, now())',
        [id, community.id, randomUUID(), kind],
      );
      return id;
    };
    for (const kind of WORK_ITEM_KINDS) {
      const outcome = settling.settle(as(RZ1), await open(kind));
      if (kind !== 'discharge-not-accepted') expect(await outcome).toMatchObject({ status: 200 });
      else await expect(outcome).rejects.toMatchObject({ code: 'discharge-to-be-accepted', rule: 'DEC-02' });
    }
  });
});
