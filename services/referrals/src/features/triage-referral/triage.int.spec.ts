import { Cursors } from '@homeward/http';
import type { CommandContext } from '@homeward/persistence';
import { caller, commandOf } from '@homeward/testing';
import { communityTeam, nurse, rejecting } from '../../domain/referral.fixture';
import { createReferrals, OTHER_TRUST, PRACTICE, TRIAGE, type Referrals } from '../../referrals.fixture';
import { AcceptReferralHandler } from '../accept-referral/accept-referral';
import { RecordInformationHandler } from '../record-information/record-information';
import type { ReferralAnswer } from '../referral/referral.answer';
import { ReferralController } from '../referral/referral.http';
import { RejectReferralHandler } from '../reject-referral/reject-referral';
import { RequestInformationHandler, type RequestInformation } from '../request-information/request-information';
import { WithdrawReferralHandler, type WithdrawReferral } from '../withdraw-referral/withdraw-referral';
import { WorklistController } from '../worklist/worklist.http';
import { TriageReferralHandler, type TriageReferral } from './triage-referral';

let service: Referrals;
beforeAll(async () => {
  service = await createReferrals();
});
afterAll(() => service.drop());

const at = (ifMatch?: number): CommandContext => commandOf(TRIAGE, ifMatch === undefined ? {} : { ifMatch });
const triage = (id: string, found: Partial<TriageReferral> = {}, context = at(1)) =>
  new TriageReferralHandler(service.database, service.boards).triage(context, id, {
    ...{ priority: 'urgent', riskBand: 'medium', immediateRiskPassed: false, ...found },
  });
const ask = (id: string, change: Partial<RequestInformation> = {}, context = at(1)) =>
  new RequestInformationHandler(service.database, service.boards).request(context, id, {
    ...{ itemCodes: ['risk'], askedOf: 'referrer', question: 'Plantedquestion', ...change },
  });
const record = (id: string, context = at()) =>
  new RecordInformationHandler(service.database).record(context, id, { words: 'Plantedanswer' });
const reject = (id: string, ifMatch: number) =>
  new RejectReferralHandler(service.database).reject(at(ifMatch), id, { ...rejecting, riskBand: undefined });
const withdraw = (id: string, command: WithdrawReferral, context = at()) =>
  new WithdrawReferralHandler(service.database).withdraw(context, id, command);
const read = async (principal: typeof TRIAGE, id: string): Promise<ReferralAnswer> =>
  (await new ReferralController(service.database).get(commandOf(principal), id)).body as ReferralAnswer;
const order = async (...ids: string[]): Promise<string[]> => {
  const worklist = new WorklistController(service.database, new Cursors('a secret of the tests, 32 letters.'));
  const { items } = await worklist.list(at(), { limit: 100 });
  return items.map(({ id }) => id).filter((id) => ids.includes(id));
};

describe('a triage', () => {
  it('sets the priority that the worklist goes by, and may be done again (PRI-01, PRI-03)', async () => {
    const [first, second] = [await service.refer({ priority: 'soon' }), await service.refer({ priority: 'urgent' })];
    const ids = [first.id, second.id];
    expect(await order(...ids)).toEqual([second.id, first.id]);
    expect((await triage(first.id, { priority: 'very-urgent' })).body).toMatchObject({
      version: 2,
      status: 'received',
    });
    expect(await order(...ids)).toEqual([first.id, second.id]);
    await triage(first.id, { priority: 'routine', explanation: 'Plantedcalmer' }, at(2));
    expect(await order(...ids)).toEqual([second.id, first.id]);
    expect((await read(TRIAGE, first.id)).steps?.map(({ type }) => type)).toEqual(['triaged', 'triaged']);
  });

  it('gives the acceptance its priority, which may raise and not lower it (PRI-03)', async () => {
    const accept = (id: string, priority?: 'routine') =>
      new AcceptReferralHandler(service.database, service.boards).accept(at(2), id, {
        ...{ teamId: communityTeam.id, coordinatorId: nurse, priority },
      });
    const { id } = await service.refer({ priority: 'routine' });
    await triage(id, { priority: 'urgent' });
    await expect(accept(id, 'routine')).rejects.toMatchObject({ code: 'priority-lowered', rule: 'PRI-03' });
    await accept(id);
    expect((await read(TRIAGE, id)).acceptance).toMatchObject({ priority: 'urgent' });
  });

  it('gives the rejection its risk: high or immediate is not turned away (TRI-03)', async () => {
    const { id } = await service.refer();
    await triage(id, { riskBand: 'high' });
    await expect(reject(id, 2)).rejects.toMatchObject({ code: 'risk-too-high', rule: 'TRI-03' });
    await triage(id, { riskBand: 'low' }, at(2));
    await reject(id, 3);
    expect((await read(TRIAGE, id)).rejection).toMatchObject({ riskBand: 'low' });
    const untriaged = await service.refer();
    await expect(reject(untriaged.id, 1)).rejects.toMatchObject({ code: 'risk-not-recorded' });
  });

  it('may find that an immediate risk has passed, with a reason: then it may be rejected, and stands by its priority', async () => {
    const [atRisk, other] = [
      await service.refer({ immediateRisk: true, priority: 'routine' }),
      await service.refer({ priority: 'soon' }),
    ];
    await triage(atRisk.id, { priority: 'routine', riskBand: 'low' });
    await expect(reject(atRisk.id, 2)).rejects.toMatchObject({ code: 'risk-too-high' });
    expect(await order(atRisk.id, other.id)).toEqual([atRisk.id, other.id]);
    const passed = { priority: 'routine', riskBand: 'low', immediateRiskPassed: true } as const;
    await expect(triage(atRisk.id, passed, at(2))).rejects.toMatchObject({ code: 'no-reason-to-lower' });
    await triage(atRisk.id, { ...passed, explanation: 'Plantedpassed' }, at(2));
    expect(await order(atRisk.id, other.id)).toEqual([other.id, atRisk.id]);
    expect((await reject(atRisk.id, 3)).body).toMatchObject({ status: 'rejected' });
  });
});

describe('information', () => {
  it('is asked for within five working days while the intake holds and the clock runs (TRI-02)', async () => {
    const { id } = await service.refer();
    expect((await ask(id)).body).toMatchObject({ version: 2, status: 'awaiting-information' });
    const asked = { itemCodes: ['risk'], askedOf: 'referrer', question: 'Plantedquestion' };
    expect((await read(PRACTICE, id)).asked).toMatchObject(asked);
    expect(await order(id)).toEqual([id]);
    await triage(id, {}, at(2));
    expect((await record(id)).body).toMatchObject({ version: 4, status: 'received' });
    expect((await read(TRIAGE, id)).steps).toMatchObject([
      { type: 'information-requested', codes: { askedOf: 'referrer' }, words: 'Plantedquestion' },
      { type: 'triaged' },
      { type: 'information-received', words: 'Plantedanswer' },
    ]);
    expect(JSON.stringify(await read(PRACTICE, id))).not.toMatch(/Planted/);
    for (const table of ['outbox', 'audit', 'idempotency'])
      expect(JSON.stringify(await service.asWorker(`SELECT * FROM ${table}`))).not.toContain('Planted');
  });

  it.each([
    ['too late', { dueOn: '2099-01-01' }, 'due-too-late'],
    ['too early', { dueOn: '2020-01-01' }, 'due-before-asked'],
  ])('is not due %s', async (_, change, code) => {
    const { id } = await service.refer();
    await expect(ask(id, change)).rejects.toMatchObject({ code, rule: 'TRI-02' });
  });

  it('asked of others is not told to the referrer; it is not asked twice, nor recorded unasked', async () => {
    const { id } = await service.refer();
    await expect(record(id)).rejects.toMatchObject({ code: 'nothing-asked' });
    await ask(id, { askedOf: 'gp' });
    expect((await read(PRACTICE, id)).asked).toBeUndefined();
    await expect(ask(id, {}, at(2))).rejects.toMatchObject({ code: 'asked-already' });
    await expect(record(id, commandOf(OTHER_TRUST))).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('a wish to withdraw', () => {
  it.each([
    ['the intake', () => at()],
    ['whoever referred', () => commandOf(PRACTICE)],
  ])('of %s closes the referral for good (TRI-02)', async (_, who) => {
    const { id, personId } = await service.refer();
    await ask(id);
    const { body } = await withdraw(id, { reasonCode: 'helped-elsewhere', explanation: 'Plantedwish' }, who());
    expect(body).toEqual({ id, version: 3, status: 'closed', links: { self: `/referrals/${id}` } });
    await expect(withdraw(id, { reasonCode: 'said-no' })).rejects.toMatchObject({ code: 'already-closed' });
    expect((await read(PRACTICE, id)).closing).toEqual({
      ...{ closedAt: expect.any(String), reasonCode: 'helped-elsewhere' },
    });
    const right = `SELECT 1 FROM relationship WHERE person_id = $1 AND kind = 'intake' AND until IS NULL`;
    expect(await service.asWorker(right, [personId])).toEqual([]);
    expect(JSON.stringify(await service.asWorker('SELECT * FROM outbox'))).not.toContain('Plantedwish');
  });

  it('of the person counts, and of nobody else', async () => {
    const { id, personId } = await service.refer();
    const self = caller({ organisation: `person/${personId}`, roles: ['person'] });
    const saidNo = { reasonCode: 'said-no', capacity: 'has-capacity' } as const;
    for (const other of [OTHER_TRUST, self, caller({ organisation: 'A99002', roles: ['referrer'] })])
      await expect(withdraw(id, saidNo, commandOf(other))).rejects.toMatchObject({ name: 'NotFound' });
    // What people tell of whoever is registered.
    await service.asWorker(
      `INSERT INTO relationship (source, person_id, organisation, holder, kind, subject, "from")
        SELECT '/homeward/people', $1::uuid, p, p, 'self', p, now() - interval '1 hour' FROM (SELECT 'person/' || $1) AS s (p)`,
      [personId],
    );
    const { body } = await withdraw(id, saidNo, commandOf(self));
    expect(body).toMatchObject({ status: 'closed' });
    expect(body['warnings']).toBeUndefined();
  });

  it('that the person said no warns where their capacity is not recorded (TRI-02)', async () => {
    const { id } = await service.refer();
    const { body } = await withdraw(id, { reasonCode: 'said-no' });
    expect(body['warnings']).toMatchObject([{ code: 'capacity-not-recorded', rule: 'TRI-02' }]);
  });

  it('is not recorded before it was said', async () => {
    const { id } = await service.refer();
    const tomorrow = new Date(Date.now() + 86_400_000);
    await expect(withdraw(id, { reasonCode: 'moved-away', withdrawnAt: tomorrow })).rejects.toMatchObject({
      ...{ code: 'withdrawn-in-the-future', rule: 'DEC-01' },
    });
  });
});
