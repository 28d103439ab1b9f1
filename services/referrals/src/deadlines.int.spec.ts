import { personDied, referralsDeadlines, type EventEnvelope } from '@homeward/contracts';
import { DeadlineClock } from '@homeward/deadlines';
import { instantOf, systemClock, uuidv7 } from '@homeward/kernel';
import { commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { communityTeam, intake, nurse, otherIntake } from './domain/referral.fixture';
import { AcceptReferralHandler } from './features/accept-referral/accept-referral';
import { AcknowledgeRedirectHandler } from './features/acknowledge-redirect/acknowledge-redirect';
import { OnPersonDied } from './features/on-person-died/on-person-died';
import { RecordInformationHandler } from './features/record-information/record-information';
import { RedirectReferralHandler } from './features/redirect-referral/redirect-referral';
import { RequestInformationHandler } from './features/request-information/request-information';
import { TriageReferralHandler } from './features/triage-referral/triage-referral';
import { WithdrawReferralHandler } from './features/withdraw-referral/withdraw-referral';
import { createReferrals, OTHER_TRUST, TRIAGE, type Referrals } from './referrals.fixture';

let service: Referrals;
let clock: DeadlineClock;
const troubles: Error[] = [];
beforeAll(async () => {
  service = await createReferrals();
  clock = new DeadlineClock({
    ...{ service: 'referrals', contracts: referralsDeadlines, database: service.database, clock: systemClock },
    ...{ worker: service.pools.worker, onTrouble: (error: Error) => void troubles.push(error) },
  });
});
afterAll(() => service.drop());
afterEach(() => expect(troubles.splice(0)).toEqual([]));

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
const by = (ifMatch: number, who = TRIAGE) => commandOf(who, { ifMatch });
const triage = (id: string, triagedAt?: Date, version = 1) =>
  new TriageReferralHandler(service.database, service.boards).triage(by(version), id, {
    ...{ priority: 'urgent', riskBand: 'medium', immediateRiskPassed: false, triagedAt },
  });

/** What the log was told of the deadlines of somebody, but for their wait for a contact: `C1.urgent missed`. */
const told = async (personId: string): Promise<string[]> => {
  const rows = await service.asWorker<{ type: string; payload: string }>(
    `SELECT type, payload FROM outbox WHERE partitionkey = $1 AND type LIKE '%.deadline.%'
      AND payload::json ->> 'ruleId' NOT LIKE 'C2.%' ORDER BY position`,
    [`person/${personId}`],
  );
  return rows.map(({ type, payload }) => {
    const { ruleId, organisation } = JSON.parse(payload) as { ruleId: string; organisation: string };
    return `${ruleId} ${type.split('.')[3]}${organisation === intake.organisation ? '' : ` ${organisation}`}`;
  });
};

describe('a referral is triaged in time, or that it is late is told (C1, TIM-10)', () => {
  it('the clock starts with the receipt, by its priority, and ends with the triage', async () => {
    const { id, personId } = await service.refer({ priority: 'soon' });
    await triage(id);
    expect(await told(personId)).toEqual(['C1.soon started', 'C1.soon met']);
  });

  it('an acceptance is an outcome too', async () => {
    const { id, personId } = await service.refer({ priority: 'urgent' });
    const acceptance = { teamId: communityTeam.id, coordinatorId: nurse, priority: 'urgent' as const };
    await new AcceptReferralHandler(service.database, service.boards).accept(by(1), id, acceptance);
    expect(await told(personId)).toEqual(['C1.urgent started', 'C1.urgent met']);
  });

  it('told after it was over, it is missed at once; what was done in time turns it to met', async () => {
    const { id, personId } = await service.refer({ priority: 'emergency', receivedAt: minutesAgo(90) });
    expect(await told(personId)).toEqual(['C1.emergency missed']);
    await clock.look();
    await triage(id, minutesAgo(70));
    expect(await told(personId)).toEqual(['C1.emergency missed', 'C1.emergency met']);
  });

  it('done too late it stays missed, and is waited for no more', async () => {
    const { id, personId } = await service.refer({ priority: 'emergency', receivedAt: minutesAgo(90) });
    await triage(id);
    expect(await told(personId)).toEqual(['C1.emergency missed', 'C1.emergency done-late']);
    expect(
      await service.asWorker(`SELECT FROM deadline WHERE person_id = $1 AND settled_at IS NULL AND rule LIKE 'C1.%'`, [
        personId,
      ]),
    ).toEqual([]);
  });

  it('a clock says so while nobody has', async () => {
    const { personId } = await service.refer({ priority: 'emergency', receivedAt: minutesAgo(25) });
    await service.asWorker(
      `UPDATE deadline SET due = now() - interval '1 second' WHERE person_id = $1 AND step IS NULL`,
      [personId],
    );
    await Promise.all([clock.look(), clock.look()]);
    expect(await told(personId)).toEqual(['C1.emergency started', 'C1.emergency missed']);
  });

  it('somebody says no: nothing is waited for', async () => {
    const { id, personId } = await service.refer({ priority: 'soon' });
    await new WithdrawReferralHandler(service.database).withdraw(commandOf(TRIAGE), id, { reasonCode: 'moved-away' });
    expect(await told(personId)).toEqual(['C1.soon started', 'C1.soon cancelled']);
  });
});

describe('what is asked comes in time, and the clock of the triage runs meanwhile (TRI-02, TIM-12)', () => {
  const ask = (id: string) =>
    new RequestInformationHandler(service.database, service.boards).request(by(1), id, {
      ...{ itemCodes: ['risk'], askedOf: 'referrer', question: 'Plantedquestion' },
    });

  it('within five working days, or one where it is urgent', async () => {
    for (const [priority, rule] of [
      ['soon', 'TRI-02'],
      ['urgent', 'TRI-02.urgent'],
    ] as const) {
      const { id, personId } = await service.refer({ priority });
      await ask(id);
      await new RecordInformationHandler(service.database).record(commandOf(TRIAGE), id, { words: 'Plantedanswer' });
      expect(await told(personId)).toEqual([`C1.${priority} started`, `${rule} started`, `${rule} met`]);
      const [row] = await service.asWorker<{ same: boolean }>(
        `SELECT d.due_on::text = r.asked_due OR r.asked_due IS NULL AS same
          FROM deadline d JOIN referral r ON d.subject = 'referral/' || r.id WHERE r.id = $1 AND d.rule = $2`,
        [id, rule],
      );
      expect(row?.same).toBe(true);
    }
  });
});

describe('whom a referral is passed on to acknowledges it in time (TRI-04, TIM-13)', () => {
  it('the other intake has to, the sender waits, and the new clock of the triage is the other’s', async () => {
    const { id, personId } = await service.refer({ priority: 'urgent' });
    const to = { toTeamId: otherIntake.id, reasonCode: 'area' as const };
    await new RedirectReferralHandler(service.database, service.boards).redirect(by(1), id, to);
    const [row] = await service.asWorker(`SELECT organisation, waiting_organisation FROM deadline WHERE rule = $1`, [
      'TRI-04.urgent',
    ]);
    expect(row).toEqual({ organisation: 'RZ2', waiting_organisation: 'RZ1' });
    await new AcknowledgeRedirectHandler(service.database, service.boards).acknowledge(by(2, OTHER_TRUST), id);
    expect(await told(personId)).toEqual([
      ...['C1.urgent started', 'TRI-04.urgent started RZ2'],
      ...['TRI-04.urgent met RZ2', 'C1.urgent met', 'C1.urgent started RZ2'],
    ]);
  });
});

describe('a death silences the clocks (DEC-05)', () => {
  it('however late it is told', async () => {
    const { personId } = await service.refer({ priority: 'emergency', receivedAt: minutesAgo(90) });
    const now = instantOf(new Date());
    const event: EventEnvelope = {
      ...{ id: uuidv7(), source: '/homeward/people', type: personDied.type, subject: `person/${personId}`, time: now },
      ...{ occurredat: instantOf(minutesAgo(80)), partitionkey: `person/${personId}`, sequence: 1n, dataschema: '' },
      ...{ correlationid: randomUUID(), actorrole: 'manager', personid: personId, data: {} },
    };
    const { source, partitionkey: stream, sequence, time } = event;
    const mark = { reader: 'homeward.referrals.reactions', source, stream, sequence, time };
    await new OnPersonDied(service.database, service.pools).react(event, mark);
    expect(await told(personId)).toEqual(['C1.emergency missed', 'C1.emergency cancelled']);
    const rows = await service.asWorker(`SELECT DISTINCT status FROM deadline WHERE person_id = $1 AND step IS NULL`, [
      personId,
    ]);
    expect(rows).toEqual([{ status: 'suspended' }]);
  });
});

it('a deadline of somebody whom nobody of an organisation may see is not seen either', async () => {
  const { personId } = await service.refer();
  const seen = (organisation: string | undefined) =>
    service.asApp(organisation, 'SELECT id FROM deadline WHERE person_id = $1', [personId]);
  expect((await seen('RZ1')).length).toBeGreaterThan(0);
  expect(await seen('RZ2')).toEqual([]);
  expect(await seen(undefined)).toEqual([]);
});
