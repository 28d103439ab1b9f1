import { careContactRecorded, personDied, type EventEnvelope, type Priority } from '@homeward/contracts';
import { instantOf, uuidv7 } from '@homeward/kernel';
import { commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { communityTeam, intake, nurse, otherIntake, rejecting } from '../../domain/referral.fixture';
import { createReferrals, OTHER_TRUST, PRACTICE, TRIAGE, type Referrals } from '../../referrals.fixture';
import { AcceptReferralHandler } from '../accept-referral/accept-referral';
import { AcknowledgeRedirectHandler } from '../acknowledge-redirect/acknowledge-redirect';
import { OnPersonDied } from '../on-person-died/on-person-died';
import { RedirectReferralHandler } from '../redirect-referral/redirect-referral';
import { ReferralController } from '../referral/referral.http';
import type { ReferralAnswer } from '../referral/referral.answer';
import { RejectReferralHandler } from '../reject-referral/reject-referral';
import { TriageReferralHandler } from '../triage-referral/triage-referral';
import { WithdrawReferralHandler } from '../withdraw-referral/withdraw-referral';
import { RecordCareContactHandler, type RecordCareContact } from './record-care-contact';

let service: Referrals;
beforeAll(async () => {
  service = await createReferrals();
});
afterAll(() => service.drop());

const ago = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);
const by = (ifMatch: number, who = TRIAGE) => commandOf(who, { ifMatch });
const record = (id: string, change: Partial<RecordCareContact> = {}, context = commandOf(TRIAGE)) =>
  new RecordCareContactHandler(service.database, service.boards).record(context, id, {
    ...{ way: 'face-to-face', withWhom: 'person', outcome: 'attended', purpose: 'care', ...change },
  });
const accept = (id: string, priority: Priority, version = 1) =>
  new AcceptReferralHandler(service.database, service.boards).accept(by(version), id, {
    ...{ teamId: communityTeam.id, coordinatorId: nurse, priority },
  });
const triage = (id: string, priority: Priority, version: number) =>
  new TriageReferralHandler(service.database, service.boards).triage(by(version), id, {
    ...{ priority, riskBand: 'medium', immediateRiskPassed: false },
  });
const read = async (principal: typeof TRIAGE, id: string): Promise<ReferralAnswer> =>
  (await new ReferralController(service.database).get(commandOf(principal), id)).body as ReferralAnswer;
const died = (personId: string, occurredAt: Date): Promise<void> => {
  const stream = `person/${personId}`;
  const time = instantOf(new Date());
  const event: EventEnvelope = {
    ...{ id: uuidv7(), source: '/homeward/people', type: personDied.type, subject: stream, time, sequence: 1n },
    ...{ occurredat: instantOf(occurredAt), partitionkey: stream, dataschema: '', correlationid: randomUUID() },
    ...{ actorrole: 'manager', personid: personId, data: {} },
  };
  const mark = { reader: 'homeward.referrals.reactions', source: event.source, stream, sequence: 1n, time };
  return new OnPersonDied(service.database, service.pools).react(event, mark);
};

/** What the log was told of the wait of somebody, and whose it was where it is not the intake’s: `C2.soon met`. */
const told = async (personId: string): Promise<string[]> => {
  const rows = await service.asWorker<{ rule: string; what: string; team: string }>(
    `SELECT payload::json ->> 'ruleId' AS rule, split_part(type, '.', 4) AS what, payload::json ->> 'teamId' AS team
      FROM outbox WHERE partitionkey = $1 AND type LIKE '%.deadline.%' AND payload::json ->> 'ruleId' NOT LIKE 'C1.%'
        AND payload::json ->> 'ruleId' NOT LIKE 'TRI-%' ORDER BY position`,
    [`person/${personId}`],
  );
  const names = { [communityTeam.id]: ' team', [otherIntake.id]: ' other', [intake.id]: '' };
  return rows.map(({ rule, what, team }) => `${rule} ${what}${names[team]}`);
};

describe('a contact with somebody who was referred', () => {
  it('is recorded with how it was and no words, and is told to those who work with the referral', async () => {
    const { id, personId } = await service.refer();
    const at = ago(0);
    const { status, body } = await record(id, { at });
    expect([status, body]).toEqual([200, { id, version: 2, status: 'received', links: { self: `/referrals/${id}` } }]);
    const codes = { way: 'face-to-face', withWhom: 'person', outcome: 'attended', purpose: 'care' };
    const published = await service.asWorker<{ payload: string; headers: string }>(
      'SELECT payload, headers FROM outbox WHERE partitionkey = $1 AND type = $2',
      [`person/${personId}`, careContactRecorded.type],
    );
    expect(published.map(({ payload }) => JSON.parse(payload) as unknown)).toEqual([
      { referralId: id, intakeOrganisation: 'RZ1', intakeTeamId: intake.id, ...codes },
    ]);
    expect(published[0]?.headers).toContain(instantOf(at));
    expect(await read(TRIAGE, id)).toMatchObject({
      ...{ firstContactAt: at.toISOString(), steps: [{ type: 'care-contact-recorded', at: at.toISOString(), codes }] },
    });
    for (const field of ['firstContactAt', 'steps']) expect(Object.keys(await read(PRACTICE, id))).not.toContain(field);
  });

  it('is a fact in every state, on whatever version was read (DEC-01)', async () => {
    const [accepted, rejected, withdrawn] = [await service.refer(), await service.refer(), await service.refer()];
    await accept(accepted.id, 'soon');
    await new RejectReferralHandler(service.database).reject(by(1), rejected.id, rejecting);
    await new WithdrawReferralHandler(service.database).withdraw(commandOf(TRIAGE), withdrawn.id, {
      reasonCode: 'moved-away',
    });
    for (const [{ id }, status] of [
      [accepted, 'accepted'],
      [rejected, 'rejected'],
      [withdrawn, 'closed'],
    ] as const) {
      const before = await read(TRIAGE, id);
      expect((await record(id)).body).toMatchObject({ status, version: 3 });
      const { steps, firstContactAt, version, ...decision } = await read(TRIAGE, id);
      expect(before).toMatchObject(decision);
      expect([version, steps?.length, typeof firstContactAt]).toEqual([3, 1, 'string']);
    }
  });

  it('is not recorded before it was, which leaves an audit row', async () => {
    const { id } = await service.refer();
    const context = commandOf(TRIAGE);
    await expect(record(id, { at: ago(-1) }, context)).rejects.toMatchObject({ code: 'contact-in-the-future' });
    const audited = 'SELECT outcome FROM audit WHERE correlation_id = $1';
    expect(await service.asWorker(audited, [context.correlationId])).toEqual([
      { outcome: 'refused:contact-in-the-future' },
    ]);
  });

  it('before help was asked for is recorded with a warning, and is not the first (C2)', async () => {
    const { id, personId } = await service.refer();
    const { body } = await record(id, { at: ago(24) });
    expect(body['warnings']).toMatchObject([{ code: 'contact-before-received', rule: 'C2' }]);
    expect(await told(personId)).toEqual(['C2.soon started']);
  });

  it('is nobody else’s to record: there is no such referral', async () => {
    const { id } = await service.refer();
    for (const who of [OTHER_TRUST, PRACTICE])
      await expect(record(id, {}, commandOf(who))).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('the first contact is in time, or that it is late is told (C2, TIM-11)', () => {
  it('judged by when it was, however late it is told', async () => {
    const { id, personId } = await service.refer({ priority: 'urgent', receivedAt: ago(72) });
    await record(id, { at: ago(10) });
    expect(await told(personId)).toEqual(['C2.urgent missed', 'C2.urgent done-late']);
    await record(id, { at: ago(50), way: 'telephone' });
    expect(await told(personId)).toEqual(['C2.urgent missed', 'C2.urgent done-late', 'C2.urgent met']);
    expect((await read(TRIAGE, id)).firstContactAt).toBe((await read(TRIAGE, id)).steps?.[1]?.at);
  });

  it('goes on with the team that accepts, until it is met', async () => {
    const { id, personId } = await service.refer({ priority: 'urgent' });
    await accept(id, 'urgent');
    await record(id, { outcome: 'did-not-attend' });
    expect(await told(personId)).toEqual(['C2.urgent started', 'C2.urgent cancelled', 'C2.urgent started team']);
    await record(id);
    expect((await told(personId)).slice(3)).toEqual(['C2.urgent met team']);
  });

  it('another priority sets another time; what was done counts for it', async () => {
    const { id, personId } = await service.refer({ priority: 'soon', receivedAt: ago(72) });
    await record(id, { at: ago(60) });
    await triage(id, 'urgent', 2);
    expect(await told(personId)).toEqual(['C2.soon started', 'C2.soon met', 'C2.urgent missed', 'C2.urgent met']);
  });

  it('passed on, the other intake has to, and the person has waited since the receipt', async () => {
    const { id, personId } = await service.refer({ priority: 'soon', receivedAt: ago(1) });
    const to = { toTeamId: otherIntake.id, reasonCode: 'area' as const };
    await new RedirectReferralHandler(service.database, service.boards).redirect(by(1), id, to);
    await new AcknowledgeRedirectHandler(service.database, service.boards).acknowledge(by(2, OTHER_TRUST), id);
    expect(await told(personId)).toEqual(['C2.soon started', 'C2.soon cancelled', 'C2.soon started other']);
    await record(id, {}, commandOf(OTHER_TRUST));
    expect((await told(personId)).slice(3)).toEqual(['C2.soon met other']);
    await expect(record(id)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('turned away or withdrawn, nobody waits', async () => {
    const [rejected, withdrawn] = [await service.refer(), await service.refer()];
    await new RejectReferralHandler(service.database).reject(by(1), rejected.id, rejecting);
    await new WithdrawReferralHandler(service.database).withdraw(commandOf(TRIAGE), withdrawn.id, {
      reasonCode: 'moved-away',
    });
    for (const { personId } of [rejected, withdrawn])
      expect(await told(personId)).toEqual(['C2.soon started', 'C2.soon cancelled']);
  });

  it('overdue, the service managers hear of it, and it is never closed by itself', async () => {
    const { personId } = await service.refer({ priority: 'urgent' });
    const steps = await service.asWorker<{ step: string }>(
      `SELECT step FROM deadline WHERE person_id = $1 AND rule = 'C2.urgent' AND step IS NOT NULL ORDER BY due`,
      [personId],
    );
    expect(steps.map(({ step }) => step)).toEqual(['warning', 'C2.managers']);
  });
});

describe('who was accepted and waits hears again (WL-06, TIM-14)', () => {
  it('every four weeks, until the first contact', async () => {
    const { id, personId } = await service.refer({ priority: 'routine' });
    await accept(id, 'routine');
    await record(id, { purpose: 'waiting-well', way: 'telephone' });
    await record(id);
    expect((await told(personId)).slice(3)).toEqual([
      ...['WL-06 started team', 'WL-06 met team', 'WL-06 started team', 'C2.routine met team', 'WL-06 met team'],
    ]);
    const waiting = 'SELECT FROM deadline WHERE person_id = $1 AND settled_at IS NULL';
    expect(await service.asWorker(waiting, [personId])).toEqual([]);
  });

  it('not who is urgent, nor whom somebody has met', async () => {
    const [urgent, met] = [await service.refer({ priority: 'urgent' }), await service.refer()];
    await accept(urgent.id, 'urgent');
    await record(met.id);
    await accept(met.id, 'soon', 2);
    for (const { personId } of [urgent, met]) expect((await told(personId)).join()).not.toContain('WL-06');
  });

  it('a death silences it, and what is told after that wakes nothing (DEC-05)', async () => {
    const { id, personId } = await service.refer({ receivedAt: ago(30) });
    await accept(id, 'soon');
    await died(personId, ago(5));
    expect((await told(personId)).slice(-2)).toEqual(['C2.soon cancelled team', 'WL-06 cancelled team']);
    const before = await told(personId);
    await record(id, { at: ago(20), purpose: 'waiting-well' });
    await record(id, { at: ago(10) });
    expect(await told(personId)).toEqual(before);
    const rows = await service.asWorker(
      `SELECT DISTINCT status FROM deadline WHERE person_id = $1 AND team_id = $2 AND step IS NULL`,
      [personId, communityTeam.id],
    );
    expect(rows).toEqual([{ status: 'suspended' }]);
  });
});
