import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import {
  clientOf,
  environmentFor,
  prepareService,
  startServiceProcess,
  startTraceCollector,
  TINY_MAIN,
  tinyService,
  tokenOf,
  type Client,
  type ServiceProcess,
  type TraceCollector,
} from '@homeward/testing/service';
import { topicsFor } from './followers';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const NHS_NUMBER = '9434765919';
const NAME = 'Okafor-Lindqvist';
const BIRTH_DATE = '1979-05-04';

describe.each(logsUnderTest())('telemetry of a running service, on the %s log', (kind) => {
  let log: TestLog;
  let collector: TraceCollector;
  let service: ServiceProcess;
  let prepared: Awaited<ReturnType<typeof prepareService>>;
  let url: string;
  let client: Client;

  beforeAll(async () => {
    log = await openTestLog(kind, topicsFor('flow'));
    collector = await startTraceCollector();
    prepared = await prepareService(tinyService, { log: log.config });
    const telemetry = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '50' };
    service = startServiceProcess(TINY_MAIN, { ...environmentFor(prepared.config), ...telemetry });
    url = await service.url();
    client = clientOf(url, tokenOf(prepared.issuer, 'manager'));
  });
  afterAll(async () => {
    const code = await service.end('SIGTERM');
    await prepared.drop();
    await log.close();
    await collector.stop();
    expect(code).toBe(0);
  });

  it('is one trace from the request through the log to the reaction', async () => {
    const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;
    expect(await client.post('/teams', { name: 'x' }, { headers: { traceparent } })).toMatchObject({ status: 201 });
    await eventually(() => {
      const spans = collector.spans().filter(({ traceId }) => traceId === TRACE);
      const request = spans.find(({ name }) => name === 'POST /teams');
      const reaction = spans.find(({ name }) => name === 'react greet-team');
      expect(request).toMatchObject({ parentSpanId: '00f067aa0ba902b7' });
      const parent = spans.find(({ spanId }) => spanId === reaction?.parentSpanId);
      expect(parent).toBeDefined();
    });
  });

  it('has no name, number, birth date or raw path in a log line, a span or a metric', async () => {
    const personal = `${NAME} ${NHS_NUMBER} ${BIRTH_DATE}`;
    const { body } = await client.post('/teams', { name: personal });
    await client.get(`/teams/${body.id}?name=${NAME}&born=${BIRTH_DATE}`);
    expect(await client.post(`/teams/${body.id}/fail`, { name: personal })).toMatchObject({ status: 500 });
    await client.post(`/teams/${NHS_NUMBER}/fail`, { name: NAME, [BIRTH_DATE]: NHS_NUMBER });
    await fetch(`${url}/nowhere/${NHS_NUMBER}?name=${NAME}`);
    await eventually(() => {
      expect(collector.spans().filter(({ name }) => name === 'GET /teams/:id')).toHaveLength(1);
      expect(service.output()).toContain('"level":"error"');
    });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('http_route="/teams/:id"');
    for (const told of [service.output(), collector.raw(), metrics]) {
      for (const planted of [NAME, NHS_NUMBER, BIRTH_DATE, `/teams/${body.id}`]) expect(told).not.toContain(planted);
    }
  });

  it('measures the outbox, the readers and what is parked', async () => {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    for (const name of ['outbox_age_seconds', 'outbox_unpublished', 'reader_lag', 'reader_stopped', 'parked_streams']) {
      expect(metrics).toMatch(new RegExp(`^homeward_${name}[{ ]`, 'm'));
    }
  });
});
