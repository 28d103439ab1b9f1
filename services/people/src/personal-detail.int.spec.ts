import { eventually } from '@homeward/testing';
import {
  clientOf,
  environmentFor,
  prepareService,
  startServiceProcess,
  startTraceCollector,
  tokenOf,
  type Client,
  type ServiceProcess,
  type TraceCollector,
} from '@homeward/testing/service';
import { connectionOf, type DatabaseConfig } from '@homeward/persistence';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client as PgClient } from 'pg';
import { people } from './people.module';

const PLANTED = /Plantedgiven|Plantedfamily|Plantedstreet|Plantedwords|999 ?001 ?0005|1994-05-17|1994-05-18|LS1 ?1AA/i;
const BODY = {
  nhsNumber: '999 001 0005',
  givenName: 'Plantedgiven',
  familyName: 'Plantedfamily',
  birthDate: '1994-05-17',
  home: { lines: ['1 Plantedstreet'], postcode: 'LS1 1AA', responsibleIcb: 'QZ1' },
  basis: 'both',
};

const CONTACT = {
  ...{ name: 'Plantedgiven', is: 'parent', authority: 'consent', mayBeTold: true, mayBeContacted: true },
  howToReach: '1 Plantedstreet',
};

const CONSENT = {
  ...{ purpose: 'register', answer: 'yes', authority: 'deputy', decidedBy: 'Plantedgiven', explained: ['talk'] },
  words: 'Plantedwords',
};

let prepared: Awaited<ReturnType<typeof prepareService>>;
let collector: TraceCollector;
/** `main.ts` as it is deployed: a process of its own, whose output and spans we read. */
let service: ServiceProcess;
let client: Client;
let url: string;

beforeAll(async () => {
  prepared = await prepareService(people);
  collector = await startTraceCollector();
  service = startServiceProcess(join(__dirname, 'main.ts'), {
    ...environmentFor({ ...prepared.config, port: 0 }),
    LOG_LEVEL: 'trace',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '100',
  });
  url = await service.url();
  client = clientOf(url, tokenOf(prepared.issuer, 'intake'));
  await eventually(async () => expect((await fetch(`${url}/health/ready`)).status).toBe(200), 50_000);
});
afterAll(async () => {
  await service.end('SIGTERM');
  await collector.stop();
  await prepared.drop();
});

async function asOwner(database: DatabaseConfig, statement: string): Promise<void> {
  const owner = new PgClient(connectionOf(database, 'owner'));
  await owner.connect();
  await owner.query(statement);
  await owner.end();
}

it('a name, NHS number, birth date, address or what somebody says they need is in no log, span, metric, event or error', async () => {
  const answers = [
    await client.post('/people', BODY),
    await client.post('/people', { ...BODY, birthDate: '1994-05-18', home: { ...BODY.home, restricted: true } }),
    await client.post('/people', { ...BODY, nhsNumber: '9990010006' }),
    await client.post('/people', { ...BODY, Plantedgiven: '999 001 0005' }),
    await client.post('/people/search', { nhsNumber: BODY.nhsNumber }),
    await client.post('/people/search', { familyName: BODY.familyName, birthDate: BODY.birthDate }),
    await client.get('/people/Plantedgiven'),
    await client.get('/people/cards?ids=Plantedgiven&nhsNumber=9990010005'),
    await client.post(`/people/${randomUUID()}/correct`, { givenName: 'Plantedgiven' }, { ifMatch: 'W/"1"' }),
    await client.post(`/people/${randomUUID()}/correct`, { birthDate: 'Plantedgiven' }, { ifMatch: 'W/"1"' }),
    await client.post(`/people/${randomUUID()}/homes`, { ...BODY.home, from: '1994-05-17' }),
    await client.post(`/people/${randomUUID()}/homes`, { ...BODY.home, from: 'Plantedstreet' }),
    await client.post(`/people/${randomUUID()}/homes`, {
      ...BODY.home,
      restricted: 'Plantedstreet',
      from: '2026-01-01',
    }),
    await client.post(`/people/${randomUUID()}/restrict-home`, { from: 'Plantedstreet' }),
    await client.get(`/people/${randomUUID()}/restricted-homes`),
    await client.post(`/people/${randomUUID()}/needs`, { code: 'easy-read', words: 'Plantedwords' }),
    await client.post(`/people/${randomUUID()}/needs`, { code: 'Plantedwords', language: 'Plantedwords', words: '' }),
    await client.post(`/people/${randomUUID()}/needs/Plantedwords/end`, { reasonCode: 'Plantedwords' }),
    await client.post(`/people/${randomUUID()}/record-death`, { diedOn: 'Plantedgiven' }),
    await client.post(`/people/${randomUUID()}/contacts`, CONTACT),
    await client.post(`/people/${randomUUID()}/contacts`, { ...CONTACT, until: 'Plantedgiven' }),
    await client.post(`/people/${randomUUID()}/contacts`, { ...CONTACT, Plantedgiven: '999 001 0005' }),
    await client.post(`/people/${randomUUID()}/consents`, CONSENT),
    await client.post(`/people/${randomUUID()}/consents`, { ...CONSENT, purpose: 'Plantedgiven', on: '999 001 0005' }),
    await client.post(`/people/${randomUUID()}/consents`, { ...CONSENT, Plantedgiven: '999 001 0005' }),
    await client.post(`/people/${randomUUID()}/consents/Plantedgiven/withdraw`, { withdrawnAt: 'Plantedwords' }),
  ];
  const statuses = [
    201, 201, 422, 400, 200, 200, 400, 400, 404, 400, 404, 400, 400, 400, 403, 404, 400, 400, 400, 404, 400, 400, 404,
    400, 400, 400,
  ];
  expect(answers.map(({ status }) => status)).toEqual(statuses);

  // A database that refuses a row quotes the row.
  await asOwner(prepared.config.database, 'ALTER TABLE registration ADD CONSTRAINT closed CHECK (false) NOT VALID');
  const broken = await client.post('/people', BODY);
  expect(broken.status).toBe(500);
  await eventually(async () => expect(service.output()).toMatch(/23514/));
  await eventually(async () => expect(collector.raw()).toMatch(/register-person|\/people/));

  expect(JSON.stringify([...answers, broken].map(({ body }) => body as unknown))).not.toMatch(PLANTED);
  expect(service.output()).not.toMatch(PLANTED);
  expect(collector.raw()).not.toMatch(PLANTED);
  expect(await (await fetch(`${url}/metrics`)).text()).not.toMatch(PLANTED);
});
