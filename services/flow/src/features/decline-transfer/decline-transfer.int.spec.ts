import { instantOf, uuidv7 } from '@homeward/kernel';
import type { Row } from '@homeward/persistence';
import { randomUUID } from 'node:crypto';
import { as, createFlow, principalOf, RZ1, RZ2, type Flow, type TestTeam } from '../../flow.fixture';
import { AcceptTransfer } from '../accept-transfer/accept-transfer';
import { ProposeTransfer } from '../propose-transfer/propose-transfer';
import { transferFor } from '../transfers/transfers.query';
import { WithdrawTransfer } from '../withdraw-transfer/withdraw-transfer';
import { DeclineTransfer } from './decline-transfer';

let flow: Flow;
let community: TestTeam;
let intensive: TestTeam;
let person: string;
let episodeId: string;
beforeAll(async () => {
  flow = await createFlow();
  community = await flow.team(RZ1);
  intensive = await flow.team(RZ2, 'intensive-support');
});
afterAll(() => flow.drop());
beforeEach(async () => {
  person = randomUUID();
  await flow.accepted(person, community, new Date(Date.now() - 86_400_000));
  const [episode] = await flow.asWorker<{ id: string }>('SELECT id FROM episode WHERE person_id = $1', [person]);
  episodeId = episode?.id ?? '';
});

const lead = (organisation: string, ifMatch?: number) =>
  as(organisation, 'team-lead', ifMatch === undefined ? {} : { ifMatch });
const proposed = async (): Promise<string> => {
  const stated = {
    reasonCode: 'more-intensive-support',
    priority: 'urgent' as const,
    riskAssessedAt: instantOf(new Date(Date.now() - 3_600_000)),
  };
  const asked = { id: uuidv7(), episodeId, toTeamId: intensive.id, ...stated };
  return (await new ProposeTransfer(flow.database, flow.boards).propose(lead(RZ1), asked)).body['id'] as string;
};
const accept = (id: string) =>
  new AcceptTransfer(flow.database).accept(lead(RZ2, 1), id, {
    ...{ coordinatorId: intensive.nurse, startsAt: instantOf(new Date()) },
  });
const no = { reasonCode: 'criteria-not-met', alternativeCode: 'joint-review', explanation: 'Plantedno' } as const;
const decline = (id: string, context = lead(RZ2, 1)) => new DeclineTransfer(flow.database).decline(context, id, no);
const withdraw = (id: string, context = lead(RZ1, 1)) =>
  new WithdrawTransfer(flow.database).withdraw(context, id, { reasonCode: 'needs-changed' });
const seenBy = async (organisation: string, id: string): Promise<Row | undefined> => {
  const statement = transferFor(principalOf(organisation), id);
  return (await flow.database.read(lead(organisation), statement, { subject: `transfer/${id}` }))[0];
};
const receiving = () =>
  flow.asApp(RZ2, `SELECT 1 FROM relationship WHERE person_id = $1 AND kind = 'receiving-team'`, [person]);
const accountable = () => flow.asWorker('SELECT accountable_team_id FROM episode WHERE id = $1', [episodeId]);
const told = async (): Promise<string[]> => (await flow.published(person)).map(({ type }) => type.split('.')[3] ?? '');

describe('a transfer that is declined', () => {
  it('leaves the asking team accountable, and tells it why and what is offered instead (TRF-01, TRF-06)', async () => {
    const id = await proposed();
    expect((await decline(id)).body).toMatchObject({ id, version: 2, status: 'declined' });
    expect(await accountable()).toEqual([{ accountable_team_id: community.id }]);
    expect(await seenBy(RZ1, id)).toMatchObject({
      ...{ status: 'declined', end_reason_code: 'criteria-not-met', alternative_code: 'joint-review' },
      explanation: 'Plantedno',
    });
    const published = (await flow.published(person)).at(-1);
    expect(published?.data).toMatchObject({ reasonCode: 'criteria-not-met', alternativeCode: 'joint-review' });
    expect(JSON.stringify(published?.data)).not.toContain('Planted');
  });

  it('ends the receiving team’s view of the person; it reads on what it answered (DEC-32)', async () => {
    const id = await proposed();
    expect(await receiving()).toHaveLength(1);
    await decline(id);
    expect(await receiving()).toEqual([]);
    expect(await seenBy(RZ2, id)).toMatchObject({ explanation: 'Plantedno' });
    expect(await flow.asApp(RZ2, 'SELECT 1 FROM episode WHERE person_id = $1', [person])).toEqual([]);
  });

  it('may be proposed again', async () => {
    await decline(await proposed());
    await accept(await proposed());
    expect((await told()).slice(-4)).toEqual(['proposed', 'declined', 'proposed', 'accepted']);
  });

  it('answers the same request alike, once', async () => {
    const id = await proposed();
    const context = lead(RZ2, 1);
    const first = await decline(id, context);
    expect(await decline(id, context)).toEqual({ ...first, replay: true });
    await expect(decline(id, lead(RZ2, 2))).rejects.toMatchObject({ code: 'transfer-is-declined' });
  });

  it('is for the receiving team, and of nobody else’s knowledge', async () => {
    const id = await proposed();
    await expect(decline(id, lead(RZ1, 1))).rejects.toMatchObject({ code: 'not-the-receiving-team', rule: 'TRF-06' });
    await expect(decline(id, lead('RZ3', 1))).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('a transfer that is withdrawn', () => {
  it('before an answer is gone for the receiving team', async () => {
    const id = await proposed();
    expect((await withdraw(id)).body).toMatchObject({ status: 'withdrawn' });
    expect(await seenBy(RZ2, id)).toBeUndefined();
    expect(await receiving()).toEqual([]);
    await expect(accept(id)).rejects.toMatchObject({ name: 'NotFound' });
    expect((await told()).slice(-2)).toEqual(['proposed', 'withdrawn']);
  });

  it('after its acceptance stays what the receiving team wrote; the asking team stays accountable (TRF-01)', async () => {
    const id = await proposed();
    await accept(id);
    await withdraw(id, lead(RZ1, 2));
    expect(await seenBy(RZ2, id)).toMatchObject({ status: 'withdrawn', coordinator_id: intensive.nurse });
    expect(await receiving()).toEqual([]);
    expect(await accountable()).toEqual([{ accountable_team_id: community.id }]);
    await proposed();
  });

  it('at the same moment as it is declined is one of the two', async () => {
    const id = await proposed();
    const outcomes = await Promise.allSettled([decline(id), withdraw(id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is for the asking team', async () => {
    const id = await proposed();
    await expect(withdraw(id, lead(RZ2, 1))).rejects.toMatchObject({ code: 'not-the-asking-team', rule: 'TRF-01' });
  });
});
