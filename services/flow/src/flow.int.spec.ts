import { topicsFor } from '@homeward/bootstrap';
import { encode, partitionOf, topicOf, type EventEnvelope } from '@homeward/contracts';
import { uuidv7 } from '@homeward/kernel';
import { rebuildProjection } from '@homeward/messaging';
import { openPools } from '@homeward/persistence';
import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import { createTestService, type Client, type TestService } from '@homeward/testing/service';
import * as fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { accepted, received, RZ1, type TestTeam } from './flow.fixture';
import { flow } from './flow.module';

const NURSE = '0a3c1d52-5b0e-4f0e-8a51-000000000004';

describe.each(logsUnderTest())('flow over HTTP, on the %s log', (kind) => {
  let log: TestLog;
  let service: TestService;
  let manager: Client;
  let lead: Client;
  let intake: TestTeam;
  let community: TestTeam;
  let intensive: TestTeam;

  const openTeam = async (teamKind: string): Promise<TestTeam> => {
    const team = await manager.post('/teams', { name: `Team ${teamKind}`, kind: teamKind, telephone: '01632 960001' });
    expect(team.status).toBe(201);
    expect(team.headers.get('location')).toBe(`/teams/${team.body.id}`);
    const nurse = teamKind === 'community' ? NURSE : randomUUID();
    const joined = await manager.post(`/teams/${team.body.id}/practitioners`, {
      id: nurse,
      name: 'Sam',
      role: 'nurse',
    });
    expect(joined.status).toBe(201);
    return { id: team.body.id as string, organisation: RZ1, nurse };
  };

  beforeAll(async () => {
    log = await openTestLog(kind, topicsFor('flow'));
    service = await createTestService(flow, { log: log.config });
    manager = service.as('manager');
    lead = service.as('community-lead');
    intake = await openTeam('intake');
    community = await openTeam('community');
    intensive = await openTeam('intensive-support');
  });
  afterAll(async () => {
    await service.stop();
    await log.close();
  });

  /** What referrals would publish. */
  const hear = (event: EventEnvelope): Promise<void> => {
    const key = event.partitionkey;
    return log.log.append(topicOf('referrals'), [{ partition: partitionOf(key), key, ...encode(event) }]);
  };
  const earlier = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
  const untilHeldBy = (person: string, by: string) =>
    eventually(async () => {
      const answer = await lead.get(`/holders/${person}`);
      expect(answer).toMatchObject({ status: 200, body: { by } });
      return answer.body;
    });
  const untilTold = (person: string, entries: number) =>
    eventually(async () => {
      const answer = await lead.get(`/journeys/${person}`);
      expect(answer.body.entries).toHaveLength(entries);
      return answer.body;
    });

  /** Somebody whose referral was accepted by the community team. */
  async function accept(): Promise<{ person: string; episodeId: string }> {
    const [person, referral] = [randomUUID(), uuidv7()];
    const receipt = { ...received(person, intake, earlier(10), referral), dataschema: 'test' };
    const acceptance = { ...accepted(person, community, earlier(5), referral, intake), dataschema: 'test' };
    await hear(receipt);
    expect((await untilHeldBy(person, 'intake')).team.id).toBe(intake.id);
    await hear(acceptance);
    const { episodeId } = await untilHeldBy(person, 'episode');
    return { person, episodeId: episodeId as string };
  }

  it('leads a person from a referral to a team, and to another, and tells how', async () => {
    const { person, episodeId } = await accept();
    const proposal = {
      episodeId,
      toTeamId: intensive.id,
      reasonCode: 'more-intensive-support',
      priority: 'urgent',
      riskAssessedAt: earlier(60).toISOString(),
    };
    const proposed = await lead.post('/transfers', proposal);
    expect(proposed).toMatchObject({ status: 201, etag: 'W/"1"', body: { version: 1, status: 'proposed' } });
    const transfer = `/transfers/${proposed.body.id}`;

    const receiving = service.as('intensive-lead');
    const acceptance = { coordinatorId: intensive.nurse, startsAt: new Date().toISOString() };
    expect((await receiving.post(`${transfer}/accept`, acceptance)).status).toBe(428);
    expect((await receiving.post(`${transfer}/accept`, acceptance, { ifMatch: 'W/"9"' })).status).toBe(412);
    const accepted = await receiving.post(`${transfer}/accept`, acceptance, { ifMatch: proposed.etag });
    expect(accepted).toMatchObject({ status: 200, etag: 'W/"2"', body: { status: 'accepted' } });
    expect((await lead.get(`/holders/${person}`)).body.team.id).toBe(community.id);

    const completion = {
      handoverComplete: true,
      firstContactAt: new Date().toISOString(),
      personInformedAt: new Date().toISOString(),
    };
    const incomplete = { ...completion, handoverComplete: false };
    const refused = await receiving.post(`${transfer}/complete`, incomplete, { ifMatch: accepted.etag });
    expect(refused).toMatchObject({ status: 422, body: { code: 'handover-incomplete', rule: 'TRF-01' } });
    const completed = await receiving.post(`${transfer}/complete`, completion, { ifMatch: accepted.etag });
    expect(completed).toMatchObject({ status: 200, etag: 'W/"3"', body: { status: 'completed' } });

    expect((await lead.get(transfer)).body).toMatchObject({ status: 'completed', answeredBy: intensive.nurse });
    expect((await lead.get(`/holders/${person}`)).body).toMatchObject({
      by: 'episode',
      team: { id: intensive.id },
      answeredBy: { id: intensive.nurse, name: 'Sam' },
    });
    const journey = await untilTold(person, 6);
    expect(journey.entries.map(({ type }: { type: string }) => type.split('.').slice(2, -1).join('.'))).toEqual([
      'referral.received',
      'episode.opened',
      'referral.accepted',
      'transfer.proposed',
      'transfer.accepted',
      'transfer.completed',
    ]);
    expect(journey.responsible).toMatchObject({ by: 'episode', teamId: intensive.id });
    const before = await lead.get(`/journeys/${person}?asOf=${earlier(7).toISOString()}`);
    expect(before.body.responsible).toMatchObject({ by: 'intake', teamId: intake.id });
  });

  it('tells nobody else', async () => {
    const { person } = await accept();
    const elsewhere = service.as('second-trust-lead');
    for (const path of [`/holders/${person}`, `/journeys/${person}`]) {
      expect((await elsewhere.get(path)).status).toBe(404);
    }
    expect((await service.as('gp').get(`/holders/${person}`)).status).toBe(404);
    expect((await service.as('gp').get(`/journeys/${person}`)).body.responsible).toBeNull();
    expect((await service.as('operations').get(`/journeys/${person}`)).status).toBe(403);
  });

  it('lets a second team contribute, and asks both leads', async () => {
    const { person } = await accept();
    await hear({ ...accepted(person, intensive, earlier(1), uuidv7()), dataschema: 'test' });
    const items = async (team: TestTeam) => {
      const answer = await lead.get(`/teams/${team.id}/work-items`);
      return answer.body.items.filter(({ personId }: { personId: string }) => personId === person);
    };
    await eventually(async () => {
      expect(await items(community)).toMatchObject([{ kind: 'second-team-accepted' }]);
      expect(await items(intensive)).toMatchObject([{ kind: 'second-team-accepted' }]);
    });
  });

  it.each(['open-referral', 'journey'])(
    'has the same %s after a rebuild, and shows it to nobody else',
    async (name) => {
      const { person } = await accept();
      const held = (await lead.get(`/holders/${person}`)).body;
      const told = await untilTold(person, 3);
      const pools = openPools(service.config.database);
      const { projections } = flow;
      const options = { config: service.config.database, worker: pools.worker, log: log.log, projections };
      expect(await rebuildProjection(options, name)).toMatchObject({ differences: [] });
      await pools.end();
      expect((await lead.get(`/holders/${person}`)).body).toEqual(held);
      expect((await lead.get(`/journeys/${person}`)).body.entries).toEqual(told.entries);
      expect((await service.as('second-trust-lead').get(`/journeys/${person}`)).status).toBe(404);
    },
  );

  it('says of a reading since when it has stood still, also of one that finds nothing', async () => {
    const person = randomUUID();
    const saidAt = async (path: string): Promise<string | null> => (await lead.get(path)).headers.get('stale-since');
    expect(await saidAt(`/journeys/${person}`)).toBeNull();
    const since = '2026-11-02T09:00:00.000Z';
    await service.asWorker(`UPDATE projection SET stale_since = $1 WHERE name = 'journey'`, [since]);
    await eventually(async () => expect(await saidAt(`/journeys/${person}`)).toBe(since));
    expect(await saidAt(`/holders/${person}`)).toBeNull();
    expect(await saidAt('/teams')).toBeNull();
    await service.asWorker(`UPDATE projection SET stale_since = NULL WHERE name = 'journey'`);
    await eventually(async () => expect(await saidAt(`/journeys/${person}`)).toBeNull());
  });

  it('pages teams', async () => {
    const first = await lead.get('/teams?limit=2');
    expect(first.body.items).toHaveLength(2);
    const next = await lead.get(`/teams?limit=2&cursor=${encodeURIComponent(first.body.next)}`);
    const ids = [...first.body.items, ...next.body.items].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(intensive.id);
  });

  it.each([
    ['/teams', { name: 'x', kind: 'community', telephone: '01632 960001', colour: 'red' }],
    ['/teams', { name: '   ', kind: 'community', telephone: '01632 960001' }],
    ['/teams', { name: 'x', kind: 'nothing', telephone: '01632 960001' }],
    ['/teams', { name: 'x', kind: 'community', telephone: 'call me' }],
    ['/teams/0199b6a0-0000-7000-8000-0000000000a2/practitioners', { id: 'me', name: 'x', role: 'y' }],
    ['/teams/0199b6a0-0000-7000-8000-0000000000a2/practitioners', { id: randomUUID(), name: ' ', role: 'y' }],
    ['/teams/0199b6a0-0000-7000-8000-0000000000a2/practitioners', { id: randomUUID(), name: 'x', role: ' ' }],
  ])('refuses %s with %j', async (path, body) => {
    expect((await manager.post(path, body)).status).toBe(400);
  });

  it('answers bad input with a clear refusal, never with a failure of its own', async () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constant(earlier(1).toISOString()),
      fc.uuid(),
      fc.constant(community.id),
    );
    const body = fc.dictionary(
      fc.constantFrom(
        ...['episodeId', 'toTeamId', 'reasonCode', 'priority', 'riskAssessedAt', 'coordinatorId', 'dutyHolder'],
        ...['startsAt', 'handoverComplete', 'firstContactAt', 'personInformedAt', 'completedAt', 'name', 'kind', 'id'],
      ),
      anything,
    );
    const id = randomUUID();
    const path = fc.constantFrom('/transfers', `/transfers/${id}/accept`, `/transfers/${id}/complete`);
    await fc.assert(
      fc.asyncProperty(path, body, async (where, what) => {
        const { status } = await lead.post(where, what, { ifMatch: 'W/"1"' });
        expect([400, 404, 422]).toContain(status);
      }),
      { numRuns: 60 },
    );
  });

  it('checks its query', async () => {
    expect((await lead.get(`/journeys/${randomUUID()}?asOf=yesterday`)).status).toBe(400);
    expect((await lead.get('/holders/sam')).status).toBe(400);
    expect((await lead.get(`/transfers?status=open`)).status).toBe(400);
  });
});
