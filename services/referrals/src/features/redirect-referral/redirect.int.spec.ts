import { Cursors } from '@homeward/http';
import type { CommandContext } from '@homeward/persistence';
import { commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { communityTeam, intake, nurse, otherIntake, rejecting } from '../../domain/referral.fixture';
import { createReferrals, OTHER_TRUST, otherTeam, PRACTICE, TRIAGE, type Referrals } from '../../referrals.fixture';
import { AcceptReferralHandler } from '../accept-referral/accept-referral';
import { AcknowledgeRedirectHandler } from '../acknowledge-redirect/acknowledge-redirect';
import type { ReferralAnswer } from '../referral/referral.answer';
import { ReferralController } from '../referral/referral.http';
import { RejectReferralHandler } from '../reject-referral/reject-referral';
import { WithdrawRedirectHandler } from '../withdraw-redirect/withdraw-redirect';
import { WithdrawReferralHandler } from '../withdraw-referral/withdraw-referral';
import { WorklistController } from '../worklist/worklist.http';
import { RedirectReferralHandler } from './redirect-referral';

let service: Referrals;
beforeAll(async () => {
  service = await createReferrals();
});
afterAll(() => service.drop());

const sender = (ifMatch: number): CommandContext => commandOf(TRIAGE, { ifMatch });
const destination = (ifMatch: number): CommandContext => commandOf(OTHER_TRUST, { ifMatch });
const redirect = (id: string, toTeamId = otherIntake.id, context = sender(1)) =>
  new RedirectReferralHandler(service.database, service.boards).redirect(context, id, {
    ...{ toTeamId, reasonCode: 'area', explanation: 'Plantedexplanation' },
  });
const acknowledge = (id: string, context = destination(2)) =>
  new AcknowledgeRedirectHandler(service.database, service.boards).acknowledge(context, id);
const takeBack = (id: string, context = sender(2)) =>
  new WithdrawRedirectHandler(service.database).withdraw(context, id);
const accept = (id: string, teamId: string, context: CommandContext) =>
  new AcceptReferralHandler(service.database, service.boards).accept(context, id, {
    teamId,
    coordinatorId: nurse,
    priority: 'soon',
  });
const read = async (principal: typeof TRIAGE, id: string): Promise<ReferralAnswer> =>
  (await new ReferralController(service.database).get(commandOf(principal), id)).body as ReferralAnswer;
const listed = async (principal: typeof TRIAGE) => {
  const worklist = new WorklistController(service.database, new Cursors('a secret of the tests, 32 letters.'));
  return (await worklist.list(commandOf(principal), { limit: 100 })).items;
};
const inList = async (principal: typeof TRIAGE, id: string) => (await listed(principal)).find((item) => item.id === id);
const eventsOf = async (personId: string): Promise<string[]> =>
  (
    await service.asWorker<{ type: string }>(
      `SELECT type FROM outbox WHERE partitionkey = $1 AND type NOT LIKE '%.deadline.%' ORDER BY sequence`,
      [`person/${personId}`],
    )
  ).map(({ type }) => type.split('.')[3] ?? '');

describe('a referral that came to the wrong door', () => {
  it('stays with the sender, and is seen by the destination, until it acknowledges (TRI-04, DEC-04)', async () => {
    const { id, personId } = await service.refer({ reason: 'Plantedreason' });
    await expect(read(OTHER_TRUST, id)).rejects.toMatchObject({ name: 'NotFound' });
    expect((await redirect(id)).body).toMatchObject({ id, version: 2, status: 'redirected' });
    expect(await inList(TRIAGE, id)).toMatchObject({ status: 'redirected', redirectedToTeamId: otherIntake.id });
    expect(await inList(OTHER_TRUST, id)).toMatchObject({ toAcknowledge: true, intakeTeamId: intake.id });
    expect(await read(OTHER_TRUST, id)).toMatchObject({ reason: 'Plantedreason', redirect: { reasonCode: 'area' } });
    await expect(accept(id, otherTeam.id, destination(2))).rejects.toMatchObject({ name: 'NotFound' });

    expect((await acknowledge(id)).body).toMatchObject({ version: 3, status: 'received' });
    expect(await inList(TRIAGE, id)).toBeUndefined();
    expect(await inList(OTHER_TRUST, id)).toMatchObject({ status: 'received', intakeTeamId: otherIntake.id });
    expect(await eventsOf(personId)).toEqual(['received', 'redirected', 'redirect-acknowledged']);
  });

  it('is the destination’s to decide afterwards, and the sender reads on what was there and what it wrote itself (DEC-32)', async () => {
    const { id } = await service.refer({ reason: 'Plantedreason' });
    await redirect(id);
    await acknowledge(id);
    await expect(accept(id, communityTeam.id, sender(3))).rejects.toMatchObject({ name: 'NotFound' });
    expect((await read(OTHER_TRUST, id)).steps).toHaveLength(2);
    const rejected = { ...rejecting, explanation: 'Theirexplanation' };
    await new RejectReferralHandler(service.database).reject(destination(3), id, rejected);
    const seen = await read(TRIAGE, id);
    expect(seen).toMatchObject({ status: 'redirected', intakeTeamId: otherIntake.id, reason: 'Plantedreason' });
    expect(seen.steps).toMatchObject([{ type: 'redirected', organisation: 'RZ1', words: 'Plantedexplanation' }]);
    expect(JSON.stringify(seen)).not.toMatch(/Theirexplanation|rejection|redirect-acknowledged/);
    expect(await read(PRACTICE, id)).toMatchObject({ status: 'rejected' });
    expect((await read(OTHER_TRUST, id)).steps).toMatchObject([{ type: 'redirect-acknowledged', organisation: 'RZ2' }]);
  });

  it('may be taken back, and passed on again', async () => {
    const { id, personId } = await service.refer();
    await redirect(id);
    expect((await takeBack(id)).body).toMatchObject({ version: 3, status: 'received' });
    expect(await inList(OTHER_TRUST, id)).toBeUndefined();
    await expect(read(OTHER_TRUST, id)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(acknowledge(id, destination(3))).rejects.toMatchObject({ name: 'NotFound' });
    await redirect(id, otherIntake.id, sender(3));
    await acknowledge(id, destination(4));
    expect(await eventsOf(personId)).toEqual([
      ...['received', 'redirected', 'redirect-withdrawn', 'redirected', 'redirect-acknowledged'],
    ]);
  });

  it('there and back: each intake holds it in its time', async () => {
    const { id } = await service.refer();
    await redirect(id);
    await acknowledge(id);
    await redirect(id, intake.id, destination(3));
    await acknowledge(id, sender(4));
    expect(await inList(TRIAGE, id)).toMatchObject({ status: 'received', version: 5 });
    expect(await read(OTHER_TRUST, id)).toMatchObject({ status: 'redirected' });
    await accept(id, communityTeam.id, sender(5));
    expect(await read(TRIAGE, id)).toMatchObject({ status: 'accepted' });
  });

  it.each([
    ['accepts', 'accepted', (id: string) => accept(id, communityTeam.id, sender(2))],
    [
      'rejects',
      'rejected',
      (id: string) => new RejectReferralHandler(service.database).reject(sender(2), id, rejecting),
    ],
    [
      'withdraws',
      'closed',
      (id: string) =>
        new WithdrawReferralHandler(service.database).withdraw(sender(2), id, { reasonCode: 'no-longer-needed' }),
    ],
  ])(
    'and that the sender %s after all: the redirect is withdrawn first, in the same write',
    async (_, type, decide) => {
      const { id, personId } = await service.refer();
      await redirect(id);
      const { body } = await decide(id);
      expect(body).toMatchObject({ version: 4, status: type });
      expect(await eventsOf(personId)).toEqual(['received', 'redirected', 'redirect-withdrawn', type]);
      await expect(read(OTHER_TRUST, id)).rejects.toMatchObject({ name: 'NotFound' });
    },
  );

  it('acknowledged and taken back at the same moment is one of the two', async () => {
    const { id } = await service.refer();
    await redirect(id);
    const outcomes = await Promise.allSettled([acknowledge(id), takeBack(id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    ['to itself', intake.id, 'redirect-to-itself', 'TRI-04'],
    ['to a team that is no intake', communityTeam.id, 'intake-unknown', 'REF-02'],
    ['to a team that nobody knows', randomUUID(), 'intake-unknown', 'REF-02'],
  ])('is not passed on %s', async (_, toTeamId, code, rule) => {
    const { id } = await service.refer();
    await expect(redirect(id, toTeamId)).rejects.toMatchObject({ code, rule });
  });

  it('is not passed on twice, nor acknowledged by the sender', async () => {
    const { id } = await service.refer();
    await redirect(id);
    await expect(redirect(id, otherIntake.id, sender(2))).rejects.toMatchObject({ code: 'redirect-pending' });
    await expect(acknowledge(id, sender(2))).rejects.toMatchObject({ code: 'not-the-destination', rule: 'TRI-04' });
  });

  it('keeps the words in the table', async () => {
    const { id } = await service.refer();
    await redirect(id);
    for (const table of ['outbox', 'audit', 'idempotency'])
      expect(JSON.stringify(await service.asWorker(`SELECT * FROM ${table}`))).not.toContain('Plantedexplanation');
  });

  it('shows the second wall to the sender after all, and its steps to nobody else', async () => {
    const { id } = await service.refer();
    await redirect(id);
    await acknowledge(id);
    const steps = `SELECT type FROM referral_step WHERE referral_id = $1`;
    expect(await service.asApp('RZ1', steps, [id])).toEqual([{ type: 'redirected' }]);
    expect(await service.asApp('RZ2', steps, [id])).toHaveLength(2);
    for (const nobody of ['RZ3', undefined]) expect(await service.asApp(nobody, steps, [id])).toEqual([]);
  });
});
