import { eventually, freePort } from '@homeward/testing';
import { clientOf, prepareService, tokenOf, type Client } from '@homeward/testing/service';
import { connectionOf, type DatabaseConfig } from '@homeward/persistence';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client as PgClient } from 'pg';
import { people } from './people.module';

const PLANTED = /Plantedgiven|Plantedfamily|Plantedstreet|999 ?001 ?0005|1994-05-17|1994-05-18|LS1 ?1AA/i;
const BODY = {
  nhsNumber: '999 001 0005',
  givenName: 'Plantedgiven',
  familyName: 'Plantedfamily',
  birthDate: '1994-05-17',
  home: { lines: ['1 Plantedstreet'], postcode: 'LS1 1AA', responsibleIcb: 'QZ1' },
  basis: 'both',
};

let prepared: Awaited<ReturnType<typeof prepareService>>;
let collector: Server;
let child: ChildProcess;
let client: Client;
let url: string;
let logs = '';
let spans = '';

beforeAll(async () => {
  prepared = await prepareService(people);
  collector = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (spans += chunk.toString('latin1')));
    request.on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  child = startMain(port, (collector.address() as AddressInfo).port);
  client = clientOf(url, tokenOf(prepared.issuer, 'intake'));
  await eventually(async () => expect((await fetch(`${url}/health/ready`)).status).toBe(200), 50_000);
});
afterAll(async () => {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  collector.close();
  await prepared.drop();
});

/** `main.ts` as it is deployed: a process of its own, whose output and spans we read. */
function startMain(port: number, collectorPort: number): ChildProcess {
  const { database, eventLog, issuer, audience, serviceKeyFile, auditKeyFile, peopleUrl, secret } = prepared.config;
  const main = spawn(
    process.execPath,
    [
      '-r',
      'reflect-metadata',
      '-r',
      join(__dirname, '../../../libs/testing/src/register.js'),
      join(__dirname, 'main.ts'),
    ],
    {
      env: {
        ...process.env,
        PORT: String(port),
        DATABASE_HOST: database.host,
        DATABASE_PORT: String(database.port),
        DATABASE_PASSWORD: database.password,
        DATABASE_NAME: database.database,
        EVENT_LOG: 'postgres',
        EVENT_LOG_DATABASE: 'database' in eventLog ? eventLog.database : '',
        ISSUER: issuer,
        AUDIENCE: audience,
        SERVICE_KEY_FILE: serviceKeyFile,
        AUDIT_KEY_FILE: auditKeyFile,
        PEOPLE_URL: peopleUrl,
        SERVICES: `people=${peopleUrl}`,
        SECRET: secret,
        LOG_LEVEL: 'trace',
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}`,
        OTEL_BSP_SCHEDULE_DELAY: '100',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  for (const stream of [main.stdout, main.stderr]) stream.on('data', (chunk: Buffer) => (logs += chunk.toString()));
  return main;
}

async function asOwner(database: DatabaseConfig, statement: string): Promise<void> {
  const owner = new PgClient(connectionOf(database, 'owner'));
  await owner.connect();
  await owner.query(statement);
  await owner.end();
}

it('a name, NHS number, birth date or address is in no log, span, metric, event or error', async () => {
  const answers = [
    await client.post('/people', BODY),
    await client.post('/people', { ...BODY, birthDate: '1994-05-18' }),
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
    await client.post(`/people/${randomUUID()}/record-death`, { diedOn: 'Plantedgiven' }),
  ];
  const statuses = [201, 201, 422, 400, 200, 200, 400, 400, 404, 400, 404, 400, 400];
  expect(answers.map(({ status }) => status)).toEqual(statuses);

  // A database that refuses a row quotes the row.
  await asOwner(prepared.config.database, 'ALTER TABLE registration ADD CONSTRAINT closed CHECK (false) NOT VALID');
  const broken = await client.post('/people', BODY);
  expect(broken.status).toBe(500);
  await eventually(async () => expect(logs).toMatch(/23514/));
  await eventually(async () => expect(spans).toMatch(/register-person|\/people/));

  expect(JSON.stringify([...answers, broken].map(({ body }) => body as unknown))).not.toMatch(PLANTED);
  expect(logs).not.toMatch(PLANTED);
  expect(spans).not.toMatch(PLANTED);
  expect(await (await fetch(`${url}/metrics`)).text()).not.toMatch(PLANTED);
});
