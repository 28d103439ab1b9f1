import { Cursors } from '@homeward/http';
import { commandOf } from '@homeward/testing';
import { intake } from '../../domain/referral.fixture';
import { createReferrals, OTHER_TRUST, PRACTICE, TRIAGE, type Referrals } from '../../referrals.fixture';
import { AcceptReferralHandler } from '../accept-referral/accept-referral';
import { communityTeam, nurse } from '../../domain/referral.fixture';
import { WorklistController, type WorklistQuery } from './worklist.http';

let service: Referrals;
let worklist: WorklistController;
beforeEach(async () => {
  service = await createReferrals();
  worklist = new WorklistController(service.database, new Cursors('a secret of the tests, 32 letters.'));
});
afterEach(() => service.drop());

const list = (query: WorklistQuery = {}, principal = TRIAGE) => worklist.list(commandOf(principal), query);
const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);
const accept = async (id: string) =>
  new AcceptReferralHandler(service.database, service.boards).accept(commandOf(TRIAGE, { ifMatch: 1 }), id, {
    ...{ teamId: communityTeam.id, coordinatorId: nurse, priority: 'soon' },
  });

describe('the worklist', () => {
  it('has the most severe first, by severity and not by the national code, then who waits longest (PRI-01)', async () => {
    const expected = [];
    const soonOld = await service.refer({ priority: 'soon', receivedAt: daysAgo(9) });
    const routine = await service.refer({ priority: 'routine', receivedAt: daysAgo(90) });
    const soonNew = await service.refer({ priority: 'soon', receivedAt: daysAgo(2) });
    const urgent = await service.refer({ priority: 'urgent' });
    const veryUrgent = await service.refer({ priority: 'very-urgent' });
    const atRisk = await service.refer({ priority: 'routine', immediateRisk: true });
    const emergency = await service.refer({ priority: 'emergency' });
    expected.push(atRisk, emergency, veryUrgent, urgent, soonOld, soonNew, routine);
    const { items } = await list();
    expect(items.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(items.map(({ personId }) => personId)).toEqual(expected.map(({ personId }) => personId));
  });

  it('has ids and codes, and none of the words about a person', async () => {
    await service.refer({ reason: 'Plantedreason' });
    expect(JSON.stringify(await list())).not.toContain('Plantedreason');
  });

  it('has what is open, and what was decided for who asks', async () => {
    const [open, accepted] = [await service.refer(), await service.refer()];
    await accept(accepted.id);
    expect((await list()).items.map(({ id }) => id)).toEqual([open.id]);
    expect((await list({ status: 'accepted' })).items.map(({ id }) => id)).toEqual([accepted.id]);
  });

  it('is the intake’s own: nobody else sees a row, nor another team of ours', async () => {
    await service.refer();
    expect((await list({}, OTHER_TRUST)).items).toEqual([]);
    expect((await list({}, PRACTICE)).items).toEqual([]);
    expect((await list({ teamId: intake.id })).items).toHaveLength(1);
    expect((await list({ teamId: communityTeam.id })).items).toEqual([]);
  });

  it('comes in pages that neither repeat nor lose anybody', async () => {
    const receivedAt = daysAgo(1);
    for (let n = 0; n < 7; n += 1) await service.refer({ receivedAt });
    const whole = (await list()).items.map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 2, cursor });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole);
    expect(whole).toHaveLength(7);
  });

  it('leaves one audit row, with whom was looked at', async () => {
    const people = [await service.refer(), await service.refer()].map(({ personId }) => personId);
    const context = commandOf(TRIAGE);
    await worklist.list(context, {});
    const rows = await service.asWorker<{ person_ids: string[] }>(
      'SELECT outcome, subject, person_ids FROM audit WHERE correlation_id = $1',
      [context.correlationId],
    );
    expect(rows).toEqual([{ outcome: 'read', subject: 'worklist', person_ids: expect.arrayContaining(people) }]);
  });
});
