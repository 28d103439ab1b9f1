import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { EventLogConfig } from '@homeward/messaging';
import { journey } from '../../../services/flow/src/features/journey/journey.projection';
import { asSuperuser } from '../../../infra/local/databases';
import { PERSONAS, type PersonaName } from '../../../infra/local/issuer/personas';
import { getToken } from '../../../infra/local/issuer/token';
import { Api } from '../../start/api';
import { freeBlock } from '../../start/ports';
import { System } from '../../start/system';
import type { LogKind, Stage } from '../stage';

/** Table of flow's own that an event is in once flow has taken it. */
export const JOURNEY = `journey_${journey.generation}.journey`;
/** Of a row of an outbox: whether flow's journey takes it. */
export const IN_JOURNEY = `type IN (${journey.types.map((type) => `'${type}'`).join()})`;

/** Every service as a process, telemetry on, somebody to collect it; the database keeps when each commit was. */
export interface RunningSystem {
  system: System;
  log: EventLogConfig;
  /** For `caller.worker.ts`. */
  calls: Calls;
  /** Over a service's database, as the superuser. */
  rows<R>(database: string, text: string): Promise<R[]>;
  /** People whom referrals knows already: `people` is not asked for them. */
  knownPeople(count: number): Promise<string[]>;
}

export interface Calls {
  referrals: string;
  gp: string;
  intake: string;
  intakeTeam: string;
  communityTeam: string;
  coordinator: string;
}

export async function startSystem(stage: Stage, kind: LogKind): Promise<RunningSystem> {
  const collector = await collectSpans(stage);
  if (kind === 'kafka') await lendBroker(stage);
  const ports = await freeBlock(21_080 + 100 * Math.floor(Math.random() * 200), () => undefined);
  const prefix = `bench${ports.gateway}.`;
  const system = new System({
    ports,
    folder: stage.room(`system-${kind}`),
    kafka: kind === 'kafka',
    environment: { CLOCK: 'system', KAFKA_PREFIX: prefix, OTEL_EXPORTER_OTLP_ENDPOINT: collector },
  });
  stage.keep(() => system.stop());
  mkdirSync(join(system.folder, 'logs'));
  await system.startDatabase();
  await asSuperuser(system.databaseServer, (client) => client.query('ALTER SYSTEM SET track_commit_timestamp = on'));
  await system.killDatabase();
  await system.start();
  const rows = <R>(database: string, text: string): Promise<R[]> =>
    asSuperuser(system.databaseServer, async (client) => (await client.query(text)).rows as R[], database);
  const { host, port, password } = system.databaseServer;
  const log: EventLogConfig =
    kind === 'kafka'
      ? { kind, brokers: system.kafkaBrokers, clientId: 'bench', prefix }
      : { kind, host, port, password, database: 'event_log' };
  const knownPeople = async (count: number): Promise<string[]> => {
    const inserted = await rows<{ person_id: string }>(
      'referrals',
      `INSERT INTO person_copy (person_id, facts, sequence)
        SELECT gen_random_uuid(), '{"basis":"both","responsibleIcb":"QZ1","provisional":false,"milestones":[]}', 1
        FROM generate_series(1, ${count}) RETURNING person_id`,
    );
    return inserted.map(({ person_id }) => person_id);
  };
  return { system, log, rows, knownPeople, calls: await openCalls(system) };
}

async function openCalls(system: System): Promise<Calls> {
  const api = new Api(system.gateway);
  const token = (persona: PersonaName) => getToken(system.issuer, persona);
  const as = { token: await token('manager') };
  const open = async (name: string, kind: string): Promise<string> => {
    const { body } = await api.post('/teams', { name, kind, telephone: '01632 960000' }, as);
    return String(body['id']);
  };
  const communityTeam = await open('Community', 'community');
  const coordinator = PERSONAS['community-nurse'].sub;
  const nurse = { id: coordinator, name: 'N. N.', role: 'nurse' };
  await api.post(`/teams/${communityTeam}/practitioners`, nurse, as);
  const [gp, intake] = [await token('gp'), await token('intake')];
  const intakeTeam = await open('Intake', 'intake');
  return { referrals: system.addressOf('referrals'), gp, intake, intakeTeam, communityTeam, coordinator };
}

/** The stage's broker serves the system too, under a prefix of its own, and the next bench has one of its own. */
async function lendBroker(stage: Stage): Promise<void> {
  const log = await stage.log('kafka', []);
  if (log.kind !== 'kafka' || process.env['KAFKA_BROKERS']) return;
  process.env['KAFKA_BROKERS'] = log.brokers.join(',');
  stage.keep(() => Promise.resolve(delete process.env['KAFKA_BROKERS']));
}

/** Where spans go: somebody who takes them and thanks. */
async function collectSpans(stage: Stage): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stage.keep(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
