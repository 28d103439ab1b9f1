import { caller, commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { communityTeam, nurse, rejecting } from '../../domain/referral.fixture';
import { createReferrals, KNOWN, OTHER_TRUST, PRACTICE, TRIAGE, type Referrals } from '../../referrals.fixture';
import { AcceptReferralHandler, type AcceptReferral } from '../accept-referral/accept-referral';
import { RejectReferralHandler } from '../reject-referral/reject-referral';
import type { ReferralAnswer } from './referral.answer';
import { ReferralController } from './referral.http';

let service: Referrals;
let referrals: ReferralController;
beforeAll(async () => {
  service = await createReferrals();
  referrals = new ReferralController(service.database);
});
afterAll(() => service.drop());

const read = async (principal: typeof TRIAGE, id: string): Promise<ReferralAnswer> =>
  (await referrals.get(commandOf(principal), id)).body as ReferralAnswer;
const decide = () => commandOf(TRIAGE, { ifMatch: 1 });
const accept = (id: string, change: Partial<AcceptReferral> = {}) =>
  new AcceptReferralHandler(service.database, service.boards).accept(decide(), id, {
    ...{ teamId: communityTeam.id, coordinatorId: nurse, priority: 'urgent', ...change },
  });
const reject = (id: string) => {
  const command = { ...rejecting, explanation: 'Plantedexplanation' };
  return new RejectReferralHandler(service.database).reject(decide(), id, command);
};
const PERSON = {
  givenName: 'Ada',
  familyName: 'Lark',
  birthDate: '2001-02-03',
  basis: 'both',
  nhsNumber: '9990010005',
};
const person = { ...PERSON, home: { lines: [], postcode: 'ZZ99 3VZ', responsibleIcb: 'QZ1' } };

describe('a referral', () => {
  it('is seen whole by its intake, with its version', async () => {
    const { id, personId } = await service.refer({ reason: 'Plantedreason' });
    const { version, body } = await referrals.get(commandOf(TRIAGE), id);
    expect(version).toBe(1);
    expect(body).toMatchObject({ id, personId, status: 'received', reason: 'Plantedreason', consent: 'given' });
  });

  it('is seen by its referrer as it stands: which team accepted, and how to reach it', async () => {
    const { id } = await service.refer();
    const received = await read(PRACTICE, id);
    expect(Object.keys(received).sort()).toEqual(
      ['id', 'intakeTeamId', 'links', 'personId', 'receivedAt', 'status', 'version'].sort(),
    );
    await accept(id);
    expect((await read(PRACTICE, id)).acceptance).toEqual({
      ...{ acceptedAt: expect.any(String), teamId: communityTeam.id, telephone: communityTeam.telephone },
    });
    expect((await read(TRIAGE, id)).acceptance).toMatchObject({ coordinatorId: nurse, priority: 'urgent' });
  });

  it('tells the accepting side who is on duty and until when, and its referrer only the team', async () => {
    const { id } = await service.refer();
    const dutyHolder = { practitionerId: nurse, until: new Date(Date.now() + 3_600_000) };
    await accept(id, { coordinatorId: undefined, dutyHolder });
    expect((await read(TRIAGE, id)).acceptance).toMatchObject({
      dutyHolder: { practitionerId: nurse, until: dutyHolder.until.toISOString() },
    });
    expect(JSON.stringify(await read(PRACTICE, id))).not.toContain(nurse);
  });

  it('that was rejected tells its referrer why, where to turn, and that it may be challenged', async () => {
    const { id } = await service.refer();
    await reject(id);
    const seen = await read(PRACTICE, id);
    expect(seen.rejection).toMatchObject({ reasonCode: '02', signpostCodes: ['talking-therapies'] });
    expect(seen.rejection?.rightToChallenge).toContain('challenge');
    expect(JSON.stringify(seen)).not.toContain('Plantedexplanation');
    expect((await read(TRIAGE, id)).rejection).toMatchObject({ explanation: 'Plantedexplanation', riskBand: 'low' });
  });

  it('without a person id tells its referrer none, before and after the decision (DEC-33)', async () => {
    const { id } = await service.refer({ person });
    const seen = [await read(PRACTICE, id)];
    await accept(id);
    seen.push(await read(PRACTICE, id));
    expect(JSON.stringify(seen)).not.toContain(KNOWN);
    expect((await read(TRIAGE, id)).personId).toBe(KNOWN);
  });

  it.each([
    ['another trust', OTHER_TRUST],
    ['another practice', caller({ organisation: 'A99002', roles: ['referrer'] })],
    ['the person’s own account, which did not refer', caller({ organisation: `person/${KNOWN}`, roles: ['person'] })],
    ['a referrer of the intake’s trust, who did not refer', caller({ organisation: 'RZ1', roles: ['referrer'] })],
  ])('does not exist for %s, and the look is recorded', async (_, principal) => {
    const { id } = await service.refer({ person });
    const context = commandOf(principal);
    await expect(referrals.get(context, id)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(referrals.list(context, { personId: KNOWN })).rejects.toMatchObject({ name: 'NotFound' });
    const audited = 'SELECT DISTINCT outcome FROM audit WHERE correlation_id = $1';
    expect(await service.asWorker(audited, [context.correlationId])).toEqual([{ outcome: 'nothing-found' }]);
  });
});

describe('the referrals of a person', () => {
  it('are all of them for their intake, and a referrer’s own for the referrer', async () => {
    const personId = randomUUID();
    const other = caller({ organisation: 'A99002', roles: ['referrer'] });
    const first = await service.refer({ person: { id: personId }, receivedAt: new Date(Date.now() - 60_000) });
    const second = await service.refer({ person: { id: personId } }, commandOf(other));
    const ids = async (principal: typeof TRIAGE) =>
      (await referrals.list(commandOf(principal), { personId })).items.map(({ id }) => id);
    expect(await ids(TRIAGE)).toEqual([second.id, first.id]);
    expect(await ids(PRACTICE)).toEqual([first.id]);
    expect(await ids(other)).toEqual([second.id]);
  });
});
