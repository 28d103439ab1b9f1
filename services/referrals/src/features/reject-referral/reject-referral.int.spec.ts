import { referralRejected } from '@homeward/contracts';
import { commandOf } from '@homeward/testing';
import { rejecting } from '../../domain/referral.fixture';
import { createReferrals, OTHER_TRUST, TRIAGE, type Referrals } from '../../referrals.fixture';
import { RejectReferralHandler, type RejectReferral } from './reject-referral';

let service: Referrals;
let handler: RejectReferralHandler;
beforeAll(async () => {
  service = await createReferrals();
  handler = new RejectReferralHandler(service.database);
});
afterAll(() => service.drop());

const command = { ...rejecting, explanation: 'Plantedexplanation' };
const reject = (id: string, change: Partial<RejectReferral> = {}, context = commandOf(TRIAGE, { ifMatch: 1 })) =>
  handler.reject(context, id, { ...command, ...change });
const stateOf = (id: string) => service.asWorker('SELECT * FROM referral WHERE id = $1', [id]);

describe('a referral is rejected', () => {
  it('with where help may be found, and the right to challenge it (TRI-02, TRI-03)', async () => {
    const { id } = await service.refer();
    const { body } = await reject(id);
    expect(body).toMatchObject({ id, version: 2, status: 'rejected' });
    expect(body['rightToChallenge']).toContain('different clinician');
    const [event] = await service.asWorker<{ payload: string }>('SELECT payload FROM outbox WHERE type = $1', [
      referralRejected.type,
    ]);
    expect(JSON.parse(event?.payload ?? '')).toMatchObject({
      ...{ referralId: id, reasonCode: '02', criterionCodes: ['ELG-05'], signpostCodes: ['talking-therapies'] },
    });
  });

  it('and the free text stays in the table', async () => {
    const { id } = await service.refer();
    await reject(id);
    expect(await stateOf(id)).toEqual([expect.objectContaining({ explanation: 'Plantedexplanation' })]);
    for (const table of ['outbox', 'audit', 'idempotency'])
      expect(JSON.stringify(await service.asWorker(`SELECT * FROM ${table}`))).not.toContain('Plantedexplanation');
  });

  it('and its intake can still be told that it was, and can repeat its request', async () => {
    const { id } = await service.refer();
    const context = commandOf(TRIAGE, { ifMatch: 1 });
    const first = await reject(id, {}, context);
    expect(await reject(id, {}, context)).toEqual({ ...first, replay: true });
    await expect(reject(id, {}, commandOf(TRIAGE, { ifMatch: 2 }))).rejects.toMatchObject({ code: 'already-rejected' });
  });
});

describe('a rejection is refused, changes nothing and leaves an audit row', () => {
  it.each<[string, Partial<RejectReferral>, boolean, string, string]>([
    ['without a place to turn to', { signpostCodes: [] }, false, 'no-signpost', 'TRI-03'],
    ['without a criterion', { criterionCodes: [] }, false, 'no-criterion', 'ELG-10'],
    ['of a person at high risk', { riskBand: 'high' }, false, 'risk-too-high', 'TRI-03'],
    ['of a person of whom an immediate risk was said', {}, true, 'risk-too-high', 'TRI-03'],
    [
      'for a moment before the receipt',
      { rejectedAt: new Date('2020-01-01') },
      false,
      'decided-before-received',
      'REF-04',
    ],
  ])('%s', async (_name, change, immediateRisk, code, rule) => {
    const { id } = await service.refer({ immediateRisk });
    const before = await stateOf(id);
    const context = commandOf(TRIAGE, { ifMatch: 1 });
    await expect(reject(id, change, context)).rejects.toMatchObject({ code, rule });
    expect(await stateOf(id)).toEqual(before);
    const audited = 'SELECT outcome FROM audit WHERE correlation_id = $1';
    expect(await service.asWorker(audited, [context.correlationId])).toEqual([{ outcome: `refused:${code}` }]);
  });

  it('to another trust: there is no such referral', async () => {
    const { id } = await service.refer();
    await expect(reject(id, {}, commandOf(OTHER_TRUST, { ifMatch: 1 }))).rejects.toMatchObject({ name: 'NotFound' });
  });
});
