import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import { createTestService, tinyService, type TestService } from '@homeward/testing/service';
import { topicsFor } from './followers';

describe.each(logsUnderTest())('a service that was started, on the %s log', (kind) => {
  let log: TestLog;
  let service: TestService;
  beforeAll(async () => {
    log = await openTestLog(kind, topicsFor('flow'));
    service = await createTestService(tinyService, { log: log.config });
  });
  afterAll(async () => {
    await service.stop();
    await log.close();
  });

  it('answers a command, publishes what it decided, and hears it', async () => {
    const opened = await service.as('manager').post('/teams', { name: 'Community team' });
    expect(opened).toMatchObject({ status: 201, etag: 'W/"1"', body: { version: 1 } });
    await eventually(async () => {
      const rows = await service.asWorker('SELECT 1 FROM tiny_greeting WHERE team_id = $1', [opened.body.id]);
      expect(rows).toHaveLength(1);
    });
  });

  it('lets in who has a token and a role, and nobody else', async () => {
    expect(await service.as('gp').post('/teams', { name: 'x' })).toMatchObject({ status: 403 });
    expect((await fetch(`${service.url}/teams`, { method: 'POST' })).status).toBe(401);
  });

  it('says that it lives and is ready, without a token', async () => {
    const live = await fetch(`${service.url}/health/live`);
    expect([live.status, await live.json()]).toEqual([200, { status: 'live' }]);
    const ready = await fetch(`${service.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      {
        status: 'ready',
        checks: {
          database: { status: 'ok' },
          relay: { status: 'ok', unpublished: expect.any(Number) },
          readers: {
            status: 'ok',
            'homeward.flow': { parkedStreams: 0 },
            'homeward.flow.reactions': { parkedStreams: 0 },
          },
        },
      },
    ]);
  });
});
