import type { Override } from '@homeward/policy';
import { eraseCopiedFacts } from '@homeward/persistence';
import { commandOf } from '@homeward/testing';
import { communityTeam, nurse, otherIntake } from './domain/referral.fixture';
import { AcceptReferralHandler } from './features/accept-referral/accept-referral';
import { AcknowledgeRedirectHandler } from './features/acknowledge-redirect/acknowledge-redirect';
import { RecordCareContactHandler } from './features/record-care-contact/record-care-contact';
import { RedirectReferralHandler } from './features/redirect-referral/redirect-referral';
import { RequestInformationHandler } from './features/request-information/request-information';
import { TriageReferralHandler } from './features/triage-referral/triage-referral';
import { createReferrals, OTHER_TRUST, TRIAGE, type Referrals } from './referrals.fixture';

/** Everybody whom the stand-in for people knows lives in the area of QZ1. */
const decided = (icb: string, rule: string): Override => ({
  ...{ icb, rule, from: '2020-01-01', until: null, kind: 'CAL', length: 'P30D', source: 'Board paper 7' },
});

let service: Referrals;
beforeAll(async () => {
  const rules = ['C1.urgent', 'C2.urgent', 'C2.soon', 'WL-06', 'TRI-02.urgent', 'TRI-04.urgent'];
  service = await createReferrals([...rules.map((rule) => decided('QZ1', rule)), decided('QZ2', 'C1.soon')]);
});
afterAll(() => service.drop());

const by = (ifMatch: number, who = TRIAGE) => commandOf(who, { ifMatch });
const authorities = async (personId: string): Promise<string[]> => {
  const rows = await service.asWorker<{ rule: string; authority: string }>(
    'SELECT rule, authority FROM deadline WHERE person_id = $1 AND main_id IS NULL ORDER BY id',
    [personId],
  );
  return rows.map(({ rule, authority }) => `${rule} ${authority}`);
};

describe('the board of the person’s home decides what is not law (L-7)', () => {
  it('of a referral, of what is asked, of what is passed on and of the triage there', async () => {
    const { id, personId } = await service.refer({ priority: 'urgent' });
    const asked = { itemCodes: ['risk' as const], askedOf: 'referrer' as const, question: 'Plantedquestion' };
    await new RequestInformationHandler(service.database, service.boards).request(by(1), id, asked);
    const to = { toTeamId: otherIntake.id, reasonCode: 'area' as const };
    await new RedirectReferralHandler(service.database, service.boards).redirect(by(2), id, to);
    await new AcknowledgeRedirectHandler(service.database, service.boards).acknowledge(by(3, OTHER_TRUST), id);
    expect(await authorities(personId)).toEqual([
      'C1.urgent QZ1',
      'C2.urgent QZ1',
      'TRI-02.urgent QZ1',
      'TRI-04.urgent QZ1',
      'C1.urgent QZ1',
      'C2.urgent QZ1',
    ]);
  });

  it('of the first contact, and of hearing from the team, also when it is triaged, accepted and told of a contact', async () => {
    const { id, personId } = await service.refer({ priority: 'routine' });
    const { database, boards } = service;
    const found = { priority: 'soon', riskBand: 'low', immediateRiskPassed: false } as const;
    await new TriageReferralHandler(database, boards).triage(by(1), id, found);
    const acceptance = { teamId: communityTeam.id, coordinatorId: nurse };
    await new AcceptReferralHandler(database, boards).accept(by(2), id, acceptance);
    const contact = { way: 'telephone', withWhom: 'person', outcome: 'attended', purpose: 'waiting-well' } as const;
    await new RecordCareContactHandler(database, boards).record(by(3), id, contact);
    expect(await authorities(personId)).toEqual([
      ...['C1.routine Homeward', 'C2.routine Homeward', 'C2.soon QZ1', 'C2.soon QZ1', 'WL-06 QZ1', 'WL-06 QZ1'],
    ]);
  });

  it('not another board', async () => {
    const { personId } = await service.refer({ priority: 'soon' });
    expect(await authorities(personId)).toEqual(['C1.soon Homeward', 'C2.soon QZ1']);
  });

  it('none, where the person was erased and their referral goes on (AUD-10)', async () => {
    const { id, personId } = await service.refer({ priority: 'soon' });
    const { text, values } = eraseCopiedFacts([personId]);
    await service.asWorker(text, values);
    const asked = { itemCodes: ['risk' as const], askedOf: 'referrer' as const, question: 'Plantedquestion' };
    await new RequestInformationHandler(service.database, service.boards).request(by(1), id, asked);
    const late = expect.stringMatching(/^TRI-02\S* Homeward$/) as string;
    expect(await authorities(personId)).toEqual(['C1.soon Homeward', 'C2.soon QZ1', late]);
  });
});
