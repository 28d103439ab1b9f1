import { startService, topicsFor, type ServiceConfig, type ServiceDefinition } from '@homeward/bootstrap';
import { publishers } from '@homeward/contracts';
import { installProjections, openEventLog, type EventLogConfig } from '@homeward/messaging';
import { migrate, openPools } from '@homeward/persistence';
import { PolicyOverrides } from '@homeward/policy';
import { randomUUID } from 'node:crypto';
import { claimsFor, type Claims, type Wishes } from '../../../infra/local/issuer/claims';
import type { PersonaName } from '../../../infra/local/issuer/personas';
import { createTestDatabase, testServer } from './databases';
import { startTestIssuer, type TestIssuer } from './issuer';
import { openTestLog } from './logs';

export * from './service-process';
export * from './tiny-service';

export interface Answer {
  status: number;
  headers: Headers;
  etag?: string;
  // A test knows what it asked for.
  body: any;
}

export interface RequestOptions {
  ifMatch?: string;
  /** `Idempotency-Key`; a new one for each POST unless given. */
  key?: string;
  /** `X-Simulated-Now` */
  now?: Date;
  headers?: Record<string, string>;
}

/** Somebody who calls a service over real HTTP. */
export interface Client {
  get(path: string, options?: RequestOptions): Promise<Answer>;
  post(path: string, body: unknown, options?: RequestOptions): Promise<Answer>;
}

export interface TestService {
  url: string;
  /** What it was started with: enough to start a replica, here or as another process. */
  config: ServiceConfig;
  issuer: TestIssuer;
  /** A persona of the development issuer, or claims of one's own. */
  as(who: PersonaName | Partial<Claims>, wishes?: Wishes): Client;
  /** Past row-level security. */
  asWorker<R>(text: string, values?: unknown[]): Promise<R[]>;
  stop(): Promise<void>;
}

export interface TestServiceOptions {
  /** The log it shares with other services of the test; one of its own unless given. */
  log?: EventLogConfig;
  issuer?: TestIssuer;
  peopleUrl?: string;
  /** May be filled later, as services start. */
  services?: Record<string, string>;
  simulated?: boolean;
  overrides?: PolicyOverrides;
}

/** A service's database, migrated, with what it needs around it, and not started. */
export async function prepareService(
  definition: ServiceDefinition,
  options: TestServiceOptions = {},
): Promise<{ config: ServiceConfig; issuer: TestIssuer; drop(): Promise<void> }> {
  const service = definition.name;
  const { host, port, password } = testServer();
  const database = await createTestDatabase(service);
  const issuer = options.issuer ?? (await startTestIssuer());
  const ownLog = options.log ? undefined : await openTestLog('postgres', topicsFor(service));
  const config: ServiceConfig = {
    service,
    host: '127.0.0.1',
    port: 0,
    database: { service, host, port, password, database: database.name },
    eventLog: options.log ?? (ownLog as NonNullable<typeof ownLog>).config,
    issuer: issuer.url,
    audience: issuer.audience,
    serviceKeyFile: issuer.serviceKeyFile,
    auditKeyFile: issuer.auditKeyFile,
    peopleUrl: options.peopleUrl ?? 'http://127.0.0.1:9',
    services: options.services ?? Object.fromEntries(publishers().map((name) => [name, 'http://127.0.0.1:9'])),
    secret: 'a-secret-of-the-tests-that-is-long-enough',
    simulated: options.simulated ?? false,
    overrides: options.overrides ?? new PolicyOverrides(),
  };
  await migrate(config.database, [...definition.migrations]);
  await installAll(definition, config);
  const drop = async (): Promise<void> => {
    await ownLog?.close();
    await database.drop();
    if (!options.issuer) await issuer.stop();
  };
  return { config, issuer, drop };
}

/** What `ops migrate` does after the migrations. */
async function installAll({ projections }: ServiceDefinition, config: ServiceConfig): Promise<void> {
  const { worker, end } = openPools(config.database);
  const log = openEventLog(config.eventLog);
  await installProjections({ config: config.database, worker, log, projections });
  await log.close();
  await end();
}

/** A whole service in this process, on a database of its own. */
export async function createTestService(
  definition: ServiceDefinition,
  options: TestServiceOptions = {},
): Promise<TestService> {
  const { config, issuer, drop } = await prepareService(definition, options);
  const service = await startService(definition, config);
  const pools = openPools(config.database);
  return {
    url: service.url,
    config,
    issuer,
    as: (who, wishes) => clientOf(service.url, tokenOf(issuer, who, wishes)),
    asWorker: async <R>(text: string, values?: unknown[]) => (await pools.worker.query(text, values)).rows as R[],
    stop: async () => {
      await service.stop();
      await pools.end();
      await drop();
    },
  };
}

/** A token for a persona of the development issuer, or for claims of one's own. */
export function tokenOf(issuer: TestIssuer, who: PersonaName | Partial<Claims>, wishes: Wishes = {}): string {
  if (typeof who === 'string') return issuer.token({ ...claimsFor(who, wishes) });
  return issuer.token({ sub: randomUUID(), teams: [], roles: [], purpose: 'direct-care', ...who });
}

export function clientOf(url: string, token: string): Client {
  const send = async (method: string, path: string, options: RequestOptions, body?: unknown): Promise<Answer> => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (method === 'POST') {
      headers['content-type'] = 'application/json';
      headers['idempotency-key'] = options.key ?? randomUUID();
    }
    if (options.ifMatch !== undefined) headers['if-match'] = options.ifMatch;
    if (options.now) headers['x-simulated-now'] = options.now.toISOString();
    const init = { method, headers: { ...headers, ...options.headers }, body: body && JSON.stringify(body) };
    const response = await fetch(url + path, init as RequestInit);
    const text = await response.text();
    const etag = response.headers.get('etag') ?? undefined;
    return { status: response.status, headers: response.headers, etag, body: text === '' ? {} : JSON.parse(text) };
  };
  return {
    get: (path, options = {}) => send('GET', path, options),
    post: (path, body, options = {}) => send('POST', path, options, body),
  };
}
