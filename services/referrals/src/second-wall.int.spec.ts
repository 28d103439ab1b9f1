import { commandOf } from '@homeward/testing';
import { communityTeam, nurse, rejecting } from './domain/referral.fixture';
import { AcceptReferralHandler } from './features/accept-referral/accept-referral';
import { RejectReferralHandler } from './features/reject-referral/reject-referral';
import { createReferrals, TRIAGE, type Referrals } from './referrals.fixture';

/** What raw SQL shows to a request's own role, should a query ever forget to ask who may see. */
describe('row-level security of referrals', () => {
  let service: Referrals;
  beforeAll(async () => {
    service = await createReferrals();
  });
  afterAll(() => service.drop());

  const seenBy = async (organisation: string | undefined): Promise<string[]> =>
    (await service.asApp<{ id: string }>(organisation, 'SELECT id FROM referral')).map(({ id }) => id);

  it('shows a referral to its intake and its referrer, and to nobody else', async () => {
    const { id } = await service.refer();
    for (const organisation of ['RZ1', 'A99001']) expect(await seenBy(organisation)).toContain(id);
    for (const organisation of ['RZ2', 'QZ1', '', 'person/somebody']) expect(await seenBy(organisation)).toEqual([]);
  });

  it('shows nothing when nobody has said who asks', async () => {
    await service.refer();
    expect(await seenBy(undefined)).toEqual([]);
  });

  it('lets an intake read on what it decided itself, once its right has ended (DEC-32)', async () => {
    const [accepted, rejected] = [await service.refer(), await service.refer()];
    const context = () => commandOf(TRIAGE, { ifMatch: 1 });
    await new AcceptReferralHandler(service.database, service.boards).accept(context(), accepted.id, {
      ...{ teamId: communityTeam.id, coordinatorId: nurse, priority: 'soon' },
    });
    await new RejectReferralHandler(service.database).reject(context(), rejected.id, rejecting);
    expect(await seenBy('RZ1')).toEqual(expect.arrayContaining([accepted.id, rejected.id]));
    expect(await seenBy('RZ2')).toEqual([]);
  });

  it('changes nothing for whom it shows nothing', async () => {
    const { id } = await service.refer();
    expect(await service.asApp('RZ2', `UPDATE referral SET reason = 'x' WHERE id = $1 RETURNING id`, [id])).toEqual([]);
    await expect(service.asApp('RZ1', 'DELETE FROM referral')).rejects.toThrow('permission denied');
  });

  it('stands on every table with a person that requests read', async () => {
    const open = await service.asWorker(`SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind = 'r' AND a.attname = 'person_id' AND has_table_privilege('referrals_app', c.oid, 'SELECT')
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`);
    expect(open).toEqual([]);
  });
});
