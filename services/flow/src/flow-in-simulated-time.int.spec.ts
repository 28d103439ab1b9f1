import { topicsFor } from '@homeward/bootstrap';
import { encode, partitionOf, topicOf, type EventEnvelope } from '@homeward/contracts';
import { uuidv7 } from '@homeward/kernel';
import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import { createTestService, type TestService } from '@homeward/testing/service';
import { randomUUID } from 'node:crypto';
import { flow } from './flow.module';
import { accepted, received, RZ1, type TestTeam } from './flow.fixture';

const march = (day: number, hour = 9): Date => new Date(Date.UTC(2025, 2, day, hour));

describe.each(logsUnderTest())('a story with a past, on the %s log', (kind) => {
  let log: TestLog;
  let service: TestService;
  beforeAll(async () => {
    log = await openTestLog(kind, topicsFor('flow'));
    service = await createTestService(flow, { log: log.config, simulated: true });
  });
  afterAll(async () => {
    await service.stop();
    await log.close();
  });

  const hear = async (...events: EventEnvelope[]): Promise<void> => {
    for (const event of events) {
      const key = event.partitionkey;
      const record = { partition: partitionOf(key), key, ...encode({ ...event, dataschema: 'test' }) };
      await log.log.append(topicOf('referrals'), [record]);
    }
  };

  it('tells who was responsible on any day, and what was known on it', async () => {
    const manager = service.as('manager');
    const lead = service.as('community-lead');
    const openTeam = async (teamKind: string): Promise<TestTeam> => {
      const now = march(1);
      const body = { name: teamKind, kind: teamKind, telephone: '01632 960001' };
      const { id } = (await manager.post('/teams', body, { now })).body;
      const nurse = randomUUID();
      await manager.post(`/teams/${id}/practitioners`, { id: nurse, name: 'Sam', role: 'nurse' }, { now });
      return { id, organisation: RZ1, nurse };
    };
    const [intake, community, intensive] = [
      await openTeam('intake'),
      await openTeam('community'),
      await openTeam('intensive-support'),
    ];
    const [person, referral] = [randomUUID(), uuidv7()];
    await hear(received(person, intake, march(2), referral), accepted(person, community, march(4), referral, intake));
    const held = await eventually(async () => {
      const answer = await lead.get(`/holders/${person}`, { now: march(5) });
      expect(answer.body).toMatchObject({ by: 'episode', since: march(4).toISOString().replace('Z', '000Z') });
      return answer.body;
    });

    const proposal = {
      episodeId: held.episodeId,
      toTeamId: intensive.id,
      reasonCode: 'more-intensive-support',
      priority: 'soon',
      riskAssessedAt: march(3).toISOString(),
    };
    const { id } = (await lead.post('/transfers', proposal, { now: march(10) })).body;
    const acceptance = { coordinatorId: intensive.nurse, startsAt: march(14).toISOString() };
    await lead.post(`/transfers/${id}/accept`, acceptance, { now: march(11), ifMatch: 'W/"1"' });
    const met = march(12).toISOString();
    const completion = { handoverComplete: true, firstContactAt: met, personInformedAt: met, completedAt: met };
    const told = await lead.post(`/transfers/${id}/complete`, completion, { now: march(20), ifMatch: 'W/"2"' });
    expect(told.status).toBe(200);

    const journey = async (asOf: Date, asKnownOn: Date) => {
      const query = `asOf=${asOf.toISOString()}&asKnownOn=${asKnownOn.toISOString()}`;
      return (await lead.get(`/journeys/${person}?${query}`, { now: march(21) })).body;
    };
    await eventually(async () => expect((await journey(march(21), march(21))).entries).toHaveLength(6));
    const team = async (asOf: Date, asKnownOn: Date) => (await journey(asOf, asKnownOn)).responsible?.teamId;
    expect(await team(march(1), march(21))).toBeUndefined();
    expect(await team(march(3), march(21))).toBe(intake.id);
    expect(await team(march(11), march(21))).toBe(community.id);
    expect(await team(march(15), march(21))).toBe(intensive.id);
    // On the 15th nobody had been told yet that the transfer was complete.
    expect(await team(march(15), march(15))).toBe(community.id);
  });
});
