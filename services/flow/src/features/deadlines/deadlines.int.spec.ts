import { flowDeadlines, referralsDeadlines, type EventEnvelope } from '@homeward/contracts';
import { DeadlineClock } from '@homeward/deadlines';
import { BoardDecisions, Cursors } from '@homeward/http';
import { instantOf, systemClock, uuidv7 } from '@homeward/kernel';
import { PolicyOverrides, type Override } from '@homeward/policy';
import { randomUUID } from 'node:crypto';
import { as, createFlow, eventOf, received, RZ1, RZ2, type Flow, type TestTeam } from '../../flow.fixture';
import { AcceptTransfer } from '../accept-transfer/accept-transfer';
import { BeginHospitalStay } from '../begin-hospital-stay/begin-hospital-stay';
import { DeclineTransfer } from '../decline-transfer/decline-transfer';
import { ProposeTransfer } from '../propose-transfer/propose-transfer';
import { WithdrawTransfer } from '../withdraw-transfer/withdraw-transfer';
import { DeadlinesController, type DeadlinesQuery } from './deadlines.http';

let flow: Flow;
let community: TestTeam;
let intensive: TestTeam;
let intake: TestTeam;
let ward: TestTeam;
let person: string;
beforeAll(async () => {
  flow = await createFlow();
  community = await flow.team(RZ1);
  intensive = await flow.team(RZ2, 'intensive-support');
  ward = await flow.team(RZ2, 'hospital');
});
afterAll(() => flow.drop());
beforeEach(async () => {
  person = randomUUID();
  intake = await flow.team(RZ1, 'intake');
});

const ago = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);
const list = (query: DeadlinesQuery, organisation = RZ1) =>
  new DeadlinesController(flow.database, new Cursors('a secret of the tests, 32 letters.')).list(
    as(organisation),
    query,
  );
const states = async (teamId: string, organisation?: string) =>
  (await list({ teamId }, organisation)).items.map(({ state, ruleId }) => `${ruleId} ${state}`);
const lead = (organisation: string) => as(organisation, 'team-lead', { ifMatch: 1 });

const propose = async (priority: 'urgent' | 'soon' = 'urgent', boards = flow.boards): Promise<string> => {
  const acceptance = await flow.accepted(person, community, ago(30));
  await flow.apply(acceptance);
  const [episode] = await flow.asWorker<{ id: string }>('SELECT id FROM episode WHERE person_id = $1', [person]);
  const stated = { reasonCode: 'more-intensive-support', priority, riskAssessedAt: instantOf(ago(1)) };
  const asked = { id: uuidv7(), episodeId: episode?.id ?? '', toTeamId: intensive.id, ...stated };
  return (await new ProposeTransfer(flow.database, boards).propose(as(RZ1), asked)).body['id'] as string;
};
const told = async () =>
  (await flow.deadlines(person)).map(({ type, data }) => {
    const { ruleId, status } = data as { ruleId: string; status: string };
    return `${ruleId} ${type.split('.')[3]} ${status}`;
  });
const relate = async (): Promise<void> =>
  flow.apply(...(await flow.published(person)), ...(await flow.deadlines(person)));

/** As referrals publishes it: of somebody whom the intake holds. */
const triage = (
  about: Partial<typeof referralsDeadlines.started.example> = {},
  kind: keyof typeof referralsDeadlines = 'started',
): EventEnvelope => {
  const deadlineId = about.deadlineId ?? uuidv7();
  const data = { ...referralsDeadlines[kind].example, teamId: intake.id, deadlineId, ...about };
  return eventOf(
    referralsDeadlines[kind] as typeof referralsDeadlines.started,
    person,
    `deadline/${deadlineId}`,
    new Date(),
    data,
  );
};
const held = () => flow.apply(received(person, intake, ago(1), uuidv7()));

describe('a transfer is answered in time, or that it is late is told (TRF-07, TIM-16)', () => {
  it('a yes, and a no, is an answer', async () => {
    const agreed = { coordinatorId: intensive.nurse, startsAt: instantOf(new Date()) };
    await new AcceptTransfer(flow.database).accept(lead(RZ2), await propose(), agreed);
    expect(await told()).toEqual(['TRF.response.urgent started running', 'TRF.response.urgent met met']);
    person = randomUUID();
    const no = { reasonCode: 'criteria-not-met', alternativeCode: 'joint-review' } as const;
    await new DeclineTransfer(flow.database).decline(lead(RZ2), await propose('soon'), no);
    expect(await told()).toEqual(['TRF.response.routine started running', 'TRF.response.routine met met']);
  });

  it('taken back, superseded, or ended by a death, it is waited for no more (DEC-02, DEC-05)', async () => {
    await new WithdrawTransfer(flow.database).withdraw(lead(RZ1), await propose(), { reasonCode: 'needs-changed' });
    expect((await told()).at(-1)).toBe('TRF.response.urgent cancelled cancelled');
    person = randomUUID();
    await propose();
    await new BeginHospitalStay(flow.database, flow.facts).begin(as(RZ2), {
      ...{ id: uuidv7(), personId: person, teamId: ward.id, coordinatorId: ward.nurse },
    });
    expect((await told()).at(-1)).toBe('TRF.response.urgent cancelled cancelled');
    person = randomUUID();
    await propose();
    await flow.died(person, instantOf(new Date()));
    expect((await told()).at(-1)).toBe('TRF.response.urgent cancelled suspended');
  });

  it('overdue, both teams see it, and who has heard of it', async () => {
    await propose();
    await flow.asWorker(
      `UPDATE deadline SET due = due - interval '3 days' WHERE person_id = $1 AND step IS DISTINCT FROM 'TRF-07.director'`,
      [person],
    );
    const troubles: Error[] = [];
    const clock = new DeadlineClock({
      ...{ service: 'flow', contracts: flowDeadlines, database: flow.database, clock: systemClock },
      ...{ worker: flow.pools.worker, onTrouble: (error: Error) => void troubles.push(error) },
    });
    await clock.look();
    expect(troubles).toEqual([]);
    expect(await told()).toEqual([
      'TRF.response.urgent started running',
      'TRF.response.urgent missed missed',
      'TRF.response.urgent step-reached missed',
    ]);
    await relate();
    const mine = (items: { personId: string }[]) => items.filter(({ personId }) => personId === person);
    const expected = { state: 'missed', escalatedTo: 'TRF-07.managers', teamId: intensive.id };
    const [waiting, acting] = [await list({ teamId: community.id }), await list({ teamId: intensive.id }, RZ2)];
    expect(mine(waiting.items)).toEqual([expect.objectContaining({ ...expected, isWaitedFor: true })]);
    expect(mine(acting.items)).toEqual([expect.objectContaining({ ...expected, isWaitedFor: false })]);
  });

  it('by the time that the board of the person’s home set (L-7)', async () => {
    const rule = 'TRF.response.urgent';
    const day: Override = {
      icb: 'QZ1',
      rule,
      from: '2020-01-01',
      until: null,
      kind: 'CAL',
      length: 'P30D',
      source: '7',
    };
    await propose('urgent', new BoardDecisions(new PolicyOverrides([day]), flow.facts, flow.database));
    const rows = 'SELECT authority FROM deadline WHERE person_id = $1 AND main_id IS NULL';
    expect(await flow.asWorker(rows, [person])).toEqual([{ authority: 'QZ1' }]);
  });
});

describe('the list of deadlines', () => {
  it('has what is due, at risk and missed, the earliest first, and not what is settled', async () => {
    await held();
    const deadlineIds = [uuidv7(), uuidv7(), uuidv7(), uuidv7()] as const;
    const due = (hour: number): string => `2026-11-27T0${hour}:00:00.000000Z`;
    const [late, near, far, done] = deadlineIds;
    await flow.apply(
      triage({ deadlineId: far, due: due(3) }),
      triage({ deadlineId: near, due: due(2) }),
      triage({ deadlineId: late, due: due(1), status: 'missed' }, 'missed'),
      triage({ deadlineId: done, due: due(0) }),
    );
    await flow.apply(
      triage({ deadlineId: near, due: due(2) }, 'stepReached'),
      triage({ deadlineId: done, due: due(0), status: 'met', settledAt: due(0) }, 'met'),
    );
    const { items } = await list({ teamId: intake.id });
    expect(items.map(({ id, state }) => [id, state])).toEqual([
      [late, 'missed'],
      [near, 'at-risk'],
      [far, 'due'],
    ]);
    expect(items[0]).toMatchObject({
      ruleId: 'C1.urgent',
      authority: 'Homeward',
      standing: 'our-default',
      personId: person,
    });
    for (const { id, state } of items) {
      expect((await list({ teamId: intake.id, state })).items.map((item) => item.id)).toEqual([id]);
    }
  });

  it('takes what was missed off the list once it is done, and back to met once it is told in time', async () => {
    await held();
    const deadlineId = uuidv7();
    await flow.apply(triage({ deadlineId }), triage({ deadlineId, status: 'missed' }, 'missed'));
    expect(await states(intake.id)).toEqual(['C1.urgent missed']);
    await flow.apply(triage({ deadlineId, status: 'met', settledAt: instantOf(new Date()) }, 'met'));
    expect(await states(intake.id)).toEqual([]);
  });

  it('comes in pages that neither repeat nor lose one', async () => {
    await held();
    await flow.apply(...Array.from({ length: 7 }, () => triage()));
    const whole = (await list({ teamId: intake.id })).items.map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ teamId: intake.id, limit: 2, cursor });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect([whole.length, paged]).toEqual([7, whole]);
  });

  it('has nobody whom the organisation may not see, nor another organisation’s own', async () => {
    await flow.apply(triage());
    expect(await states(intake.id)).toEqual([]);
    await held();
    expect(await states(intake.id)).toEqual(['C1.urgent due']);
    expect(await states(intake.id, RZ2)).toEqual([]);
    expect((await list({}, RZ2)).items.filter(({ personId }) => personId === person)).toEqual([]);
    const seen = (organisation: string | undefined) =>
      flow.asApp(organisation, 'SELECT FROM deadline_list WHERE person_id = $1', [person]);
    expect([await seen(RZ1), await seen(RZ2), await seen(undefined)].map(({ length }) => length)).toEqual([1, 0, 0]);
  });

  it('leaves one audit row, with whom was looked at', async () => {
    await held();
    await flow.apply(triage());
    const context = as(RZ1);
    await new DeadlinesController(flow.database, new Cursors('a secret of the tests, 32 letters.')).list(context, {
      teamId: intake.id,
    });
    const rows = await flow.asWorker('SELECT outcome, subject, person_ids FROM audit WHERE correlation_id = $1', [
      context.correlationId,
    ]);
    expect(rows).toEqual([{ outcome: 'read', subject: 'deadlines', person_ids: [person] }]);
  });
});
