import { referralAccepted } from '@homeward/contracts';
import { caller, commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { communityTeam, intake, nurse } from '../../domain/referral.fixture';
import { createReferrals, OTHER_TRUST, otherTeam, PRACTICE, TRIAGE, type Referrals } from '../../referrals.fixture';
import { AcceptReferralHandler, type AcceptReferral } from './accept-referral';

let service: Referrals;
let handler: AcceptReferralHandler;
beforeAll(async () => {
  service = await createReferrals();
  handler = new AcceptReferralHandler(service.database, service.boards);
});
afterAll(() => service.drop());

const command: AcceptReferral = { teamId: communityTeam.id, coordinatorId: nurse, priority: 'urgent' };
const accept = (id: string, change: Partial<AcceptReferral> = {}, context = commandOf(TRIAGE, { ifMatch: 1 })) =>
  handler.accept(context, id, { ...command, ...change });
const stateOf = (id: string) => service.asWorker('SELECT * FROM referral WHERE id = $1', [id]);
const eventsOf = (personId: string) =>
  service.asWorker<{ type: string; payload: string; headers: string }>(
    `SELECT type, payload, headers FROM outbox WHERE partitionkey = $1 AND type NOT LIKE '%.deadline.%' ORDER BY position`,
    [`person/${personId}`],
  );

describe('a referral is accepted', () => {
  it('and in that moment a team and its co-ordinator answer for the person (DEC-04)', async () => {
    const { id, personId } = await service.refer();
    const { body, etag, status } = await accept(id);
    expect({ status, etag }).toEqual({ status: 200, etag: 2 });
    expect(body).toEqual({ id, version: 2, status: 'accepted', links: { self: `/referrals/${id}` } });
    const [, accepted] = await eventsOf(personId);
    expect(accepted?.type).toBe(referralAccepted.type);
    expect(JSON.parse(accepted?.payload ?? '')).toEqual({
      ...{ referralId: id, intakeOrganisation: 'RZ1', intakeTeamId: intake.id },
      ...{ organisation: 'RZ1', teamId: communityTeam.id, coordinatorId: nurse, dutyHolder: null, priority: 'urgent' },
    });
  });

  it('as of when it was decided, also when that is recorded later (DEC-01)', async () => {
    const receivedAt = new Date(Date.now() - 5 * 86_400_000);
    const acceptedAt = new Date(Date.now() - 2 * 86_400_000);
    const { id, personId } = await service.refer({ receivedAt });
    await accept(id, { acceptedAt });
    const [, accepted] = await eventsOf(personId);
    const { ce_occurredat, ce_time } = JSON.parse(accepted?.headers ?? '{}') as Record<string, string>;
    expect(Date.parse(ce_occurredat ?? '')).toBe(acceptedAt.getTime());
    expect(Date.parse(ce_time ?? '')).toBeGreaterThan(acceptedAt.getTime());
  });

  it('by somebody on duty with an end, while there is no co-ordinator', async () => {
    const { id } = await service.refer();
    const until = new Date(Date.now() + 86_400_000);
    await accept(id, { coordinatorId: undefined, dutyHolder: { practitionerId: nurse, until } });
    expect(await stateOf(id)).toEqual([
      expect.objectContaining({ status: 'accepted', coordinator_id: null, duty_holder_id: nurse, duty_until: until }),
    ]);
  });

  it('once: of two at the same moment one is told that it has changed', async () => {
    const { id, personId } = await service.refer();
    const outcomes = await Promise.allSettled([accept(id), accept(id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'PreconditionFailed' },
    });
    expect(await eventsOf(personId)).toHaveLength(2);
  });
});

describe('an acceptance is refused, changes nothing and leaves an audit row', () => {
  const inOneDay = new Date(Date.now() + 86_400_000);
  const inThreeWeeks = new Date(Date.now() + 21 * 86_400_000);

  it.each<[string, Partial<AcceptReferral>, string, string]>([
    ['without anybody who answers', { coordinatorId: undefined }, 'nobody-answers', 'DEC-04'],
    ['with two', { dutyHolder: { practitionerId: nurse, until: inOneDay } }, 'nobody-answers', 'DEC-04'],
    ['with somebody of another team', { coordinatorId: randomUUID() }, 'not-in-the-team', 'DEC-04'],
    [
      'with a duty of three weeks',
      { coordinatorId: undefined, dutyHolder: { practitionerId: nurse, until: inThreeWeeks } },
      'duty-too-long',
      'DEC-04',
    ],
    ['for an unknown team', { teamId: randomUUID() }, 'team-unknown', 'TRI-02'],
    ['for an intake', { teamId: intake.id }, 'team-unknown', 'TRI-02'],
    ['for a team of another trust', { teamId: otherTeam.id }, 'team-of-another-organisation', 'TRI-02'],
    ['for tomorrow', { acceptedAt: inOneDay }, 'decided-in-the-future', 'DEC-01'],
    ['before the receipt', { acceptedAt: new Date('2020-01-01') }, 'decided-before-received', 'REF-04'],
  ])('%s', async (_, change, code, rule) => {
    const { id, personId } = await service.refer();
    const before = await stateOf(id);
    const context = commandOf(TRIAGE, { ifMatch: 1 });
    await expect(accept(id, change, context)).rejects.toMatchObject({ code, rule });
    expect(await stateOf(id)).toEqual(before);
    expect(await eventsOf(personId)).toHaveLength(1);
    const audited = 'SELECT outcome FROM audit WHERE correlation_id = $1';
    expect(await service.asWorker(audited, [context.correlationId])).toEqual([{ outcome: `refused:${code}` }]);
  });

  it('without the version that was read, or with an older one', async () => {
    const { id } = await service.refer();
    await expect(accept(id, {}, commandOf(TRIAGE))).rejects.toMatchObject({ name: 'PreconditionRequired' });
    await expect(accept(id, {}, commandOf(TRIAGE, { ifMatch: 7 }))).rejects.toMatchObject({ current: 1 });
  });

  it('a second time, also for who has read the acceptance', async () => {
    const { id } = await service.refer();
    await accept(id);
    await expect(accept(id, {}, commandOf(TRIAGE, { ifMatch: 2 }))).rejects.toMatchObject({ code: 'already-accepted' });
  });

  it.each([
    ['another trust', OTHER_TRUST],
    ['who referred', caller({ ...PRACTICE, roles: ['team-lead'] })],
  ])('to %s: there is no such referral, open or decided', async (_, principal) => {
    const { id } = await service.refer();
    for (const ifMatch of [1, 2]) {
      const before = await stateOf(id);
      await expect(accept(id, {}, commandOf(principal, { ifMatch }))).rejects.toMatchObject({ name: 'NotFound' });
      expect(await stateOf(id)).toEqual(before);
      if (ifMatch === 1) await accept(id);
    }
  });
});
