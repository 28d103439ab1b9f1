import { instantOf, uuidv7 } from '@homeward/kernel';
import type { Outcome } from '@homeward/persistence';
import { randomUUID } from 'node:crypto';
import { as, createFlow, principalOf, RZ1, RZ2, setClock, type Flow, type TestTeam } from '../../flow.fixture';
import { AcceptTransfer } from '../accept-transfer/accept-transfer';
import { ProposeTransfer } from '../propose-transfer/propose-transfer';
import { transferFor, transfersOf } from '../transfers/transfers.query';
import { CompleteTransfer, type Completion } from './complete-transfer';

const clock = setClock('2026-11-02T09:00:00Z');
const later = (hours: number): Date => new Date(clock.at.getTime() + hours * 3_600_000);
const pass = (hours: number): void => void (clock.at = later(hours));

let flow: Flow;
let community: TestTeam;
let intensive: TestTeam;
let person: string;
let episodeId: string;
let propose: ProposeTransfer;
let accept: AcceptTransfer;
let complete: CompleteTransfer;

beforeAll(async () => {
  flow = await createFlow({ clock });
  propose = new ProposeTransfer(flow.database, flow.boards);
  accept = new AcceptTransfer(flow.database);
  complete = new CompleteTransfer(flow.database);
  community = await flow.team(RZ1);
  intensive = await flow.team(RZ2, 'intensive-support');
});
afterAll(() => flow.drop());

beforeEach(async () => {
  pass(1);
  person = randomUUID();
  await flow.accepted(person, community, clock.at);
  [{ id: episodeId }] = (await flow.asWorker<{ id: string }>('SELECT id FROM episode WHERE person_id = $1', [
    person,
  ])) as [{ id: string }];
  pass(1);
});

const proposal = () => ({
  id: uuidv7(),
  episodeId,
  toTeamId: intensive.id,
  reasonCode: 'more-intensive-support',
  priority: 'urgent' as const,
  riskAssessedAt: instantOf(later(-24)),
});
const proposed = async (): Promise<string> => (await propose.propose(as(RZ1), proposal())).body['id'] as string;
const accepting = (id: string, ifMatch = 1, organisation = RZ2): Promise<Outcome> =>
  accept.accept(as(organisation, 'team-lead', { ifMatch }), id, {
    coordinatorId: intensive.nurse,
    startsAt: instantOf(later(24)),
  });
const acceptedTransfer = async (): Promise<string> => {
  const id = await proposed();
  pass(1);
  await accepting(id);
  pass(1);
  return id;
};
const completing = (id: string, completion: Partial<Completion> = {}, organisation = RZ2): Promise<Outcome> =>
  complete.complete(as(organisation, 'team-lead', { ifMatch: 2 }), id, {
    handoverComplete: true,
    firstContactAt: instantOf(later(-0.5)),
    personInformedAt: instantOf(later(-0.25)),
    ...completion,
  });

const accountable = async (): Promise<unknown> => {
  const [episode] = await flow.asWorker<{ accountable_team_id: string }>(
    'SELECT accountable_team_id, coordinator_id FROM episode WHERE id = $1',
    [episodeId],
  );
  const [range] = await flow.asWorker<{ team_id: string }>(
    'SELECT team_id FROM accountability WHERE person_id = $1 AND upper_inf(during)',
    [person],
  );
  expect(range?.team_id).toBe(episode?.accountable_team_id);
  return episode;
};
const types = async (): Promise<string[]> => {
  const rows = await flow.asWorker<{ type: string }>(
    `SELECT type FROM outbox WHERE partitionkey = $1 AND type NOT LIKE '%.deadline.%' ORDER BY sequence`,
    [`person/${person}`],
  );
  return rows.map(({ type }) => type.replace(/^homeward\.flow\.(.*)\.v1$/, '$1'));
};
const audited = async (): Promise<string | undefined> =>
  (await flow.asWorker<{ outcome: string }>('SELECT outcome FROM audit ORDER BY id DESC LIMIT 1'))[0]?.outcome;

describe('a transfer', () => {
  it('switches accountability at completion, and not before (TRF-04)', async () => {
    const before = { accountable_team_id: community.id, coordinator_id: community.nurse };
    const id = await proposed();
    expect(await accountable()).toEqual(before);
    pass(1);
    expect(await accepting(id)).toMatchObject({ status: 200, etag: 2, body: { id, version: 2, status: 'accepted' } });
    expect(await accountable()).toEqual(before);
    pass(1);
    expect(await completing(id)).toMatchObject({ status: 200, etag: 3, body: { status: 'completed' } });
    expect(await accountable()).toEqual({ accountable_team_id: intensive.id, coordinator_id: intensive.nurse });
    expect(await types()).toEqual(['episode.opened', 'transfer.proposed', 'transfer.accepted', 'transfer.completed']);
  });

  it('told late switches when it was complete', async () => {
    const id = await acceptedTransfer();
    pass(3);
    const completedAt = later(-2);
    const before = instantOf(later(-2.5));
    await completing(id, { completedAt: instantOf(completedAt), firstContactAt: before, personInformedAt: before });
    const [range] = await flow.asWorker(
      'SELECT lower(during) AS "from" FROM accountability WHERE person_id = $1 AND team_id = $2',
      [person, intensive.id],
    );
    expect(range).toEqual({ from: completedAt });
  });

  it('that two complete at the same moment switches once', async () => {
    const id = await acceptedTransfer();
    const both = await Promise.allSettled([completing(id), completing(id, {}, RZ1), completing(id)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await types()).filter((type) => type === 'transfer.completed')).toHaveLength(1);
    expect(await flow.asWorker('SELECT 1 FROM accountability WHERE person_id = $1', [person])).toHaveLength(2);
    await accountable();
  });

  it('to a duty holder names who answers until when (DEC-04)', async () => {
    const id = await proposed();
    const until = instantOf(later(24));
    await accept.accept(as(RZ2, 'team-lead', { ifMatch: 1 }), id, {
      dutyHolder: { practitionerId: intensive.nurse, until },
      startsAt: until,
    });
    pass(1);
    await completing(id);
    const [episode] = await flow.asWorker('SELECT coordinator_id, duty_until FROM episode WHERE id = $1', [episodeId]);
    expect(episode).toEqual({ coordinator_id: intensive.nurse, duty_until: new Date(until) });
  });

  it('can follow another, and the ranges have no gap', async () => {
    await completing(await acceptedTransfer());
    pass(1);
    const back = await propose.propose(as(RZ2), { ...proposal(), toTeamId: community.id });
    const id = back.body['id'] as string;
    await accept.accept(as(RZ1, 'team-lead', { ifMatch: 1 }), id, {
      coordinatorId: community.nurse,
      startsAt: instantOf(clock.at),
    });
    pass(1);
    await completing(id, {}, RZ1);
    const ranges = await flow.asWorker<{ team_id: string; joined: boolean }>(
      `SELECT team_id, coalesce(lower(during) = lag(upper(during)) OVER (ORDER BY during), true) AS joined
        FROM accountability WHERE person_id = $1 ORDER BY during`,
      [person],
    );
    expect(ranges.map(({ team_id }) => team_id)).toEqual([community.id, intensive.id, community.id]);
    expect(ranges.every(({ joined }) => joined)).toBe(true);
  });
});

describe('a transfer is refused, leaves all as it was and an audit row', () => {
  const refused = async (attempt: Promise<unknown>, code: string): Promise<void> => {
    const before = [await types(), await accountable()];
    await expect(attempt).rejects.toMatchObject({ code });
    expect([await types(), await accountable()]).toEqual(before);
    expect(await audited()).toBe(`refused:${code}`);
  };

  it('while another is open', async () => {
    await proposed();
    await refused(propose.propose(as(RZ1), proposal()), 'transfer-open-already');
  });
  it('to a team that nobody opened', async () => {
    await refused(propose.propose(as(RZ1), { ...proposal(), toTeamId: uuidv7() }), 'team-unknown');
  });
  it('without the whole handover (TRF-01)', async () => {
    await refused(completing(await acceptedTransfer(), { handoverComplete: false }), 'handover-incomplete');
  });
  it('when nobody told the person (TRF-08)', async () => {
    const personInformedAt = instantOf(later(24));
    await refused(completing(await acceptedTransfer(), { personInformedAt }), 'person-not-informed');
  });
  it('when its co-ordinator is not in the receiving team (CC-01)', async () => {
    const id = await proposed();
    const named = { coordinatorId: community.nurse, startsAt: instantOf(clock.at) };
    await refused(accept.accept(as(RZ2, 'team-lead', { ifMatch: 1 }), id, named), 'practitioner-not-in-team');
  });
  it('when the wrong side accepts', async () => {
    await refused(accepting(await proposed(), 1, RZ1), 'not-the-receiving-team');
  });
  it('when somebody else changed it meanwhile', async () => {
    const id = await proposed();
    await expect(accepting(id, 7)).rejects.toMatchObject({ name: 'PreconditionFailed', current: 1 });
    await expect(accept.accept(as(RZ2), id, { startsAt: '' })).rejects.toMatchObject({ name: 'PreconditionRequired' });
  });
});

describe('who may see a transfer', () => {
  const read = (organisation: string, id: string) =>
    flow.database.read(as(organisation), transferFor(principalOf(organisation), id), { subject: `transfer/${id}` });
  const listed = (organisation: string, teamId: string) =>
    flow.database.read(
      as(organisation),
      transfersOf(principalOf(organisation), { teamId, open: true }, undefined, 10),
      { subject: 'transfers' },
    );

  it('is both sides, and nobody else', async () => {
    const id = await proposed();
    expect(await read(RZ1, id)).toHaveLength(1);
    expect(await read(RZ2, id)).toHaveLength(1);
    expect(await read('RZ3', id)).toEqual([]);
    expect(await flow.asApp('RZ3', 'SELECT * FROM transfer')).toEqual([]);
    expect(await flow.asApp(undefined, 'SELECT * FROM transfer')).toEqual([]);
    await expect(accepting(id, 1, 'RZ3')).rejects.toMatchObject({ name: 'NotFound' });
    await expect(propose.propose(as('RZ3'), proposal())).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('lists what is open of a team, for its own organisation', async () => {
    const id = await proposed();
    const ids = async (organisation: string, teamId: string) =>
      (await listed(organisation, teamId)).map((row) => row['id']);
    expect(await ids(RZ1, community.id)).toContain(id);
    expect(await ids(RZ2, intensive.id)).toContain(id);
    expect(await ids(RZ1, intensive.id)).toEqual([]);
    pass(1);
    await accepting(id);
    pass(1);
    await completing(id);
    expect(await ids(RZ2, intensive.id)).not.toContain(id);
  });
});
