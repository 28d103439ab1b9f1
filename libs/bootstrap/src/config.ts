import { isDevelopmentIssuer } from '@homeward/auth';
import { publishers } from '@homeward/contracts';
import { addressesIn, withoutAddress } from '@homeward/http';
import type { EventLogConfig } from '@homeward/messaging';
import type { DatabaseConfig } from '@homeward/persistence';
import { PolicyOverrides } from '@homeward/policy';
import { existsSync } from 'node:fs';
import { policyOverridesIn } from './policy-overrides';

/** What a service must be told by its environment; `docs/reference/configuration.md` lists the names. */
export interface ServiceConfig {
  service: string;
  host: string;
  port: number;
  database: DatabaseConfig;
  eventLog: EventLogConfig;
  issuer: string;
  audience: string;
  serviceKeyFile: string;
  auditKeyFile: string;
  peopleUrl: string;
  /** Where each service answers, for what has to be asked of all. */
  services: Record<string, string>;
  secret: string;
  simulated: boolean;
  overrides: PolicyOverrides;
}

/** All that is wrong, at once: nobody should have to start a service once for each mistake. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
  constructor(readonly problems: string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

type Environment = Record<string, string | undefined>;

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const MINIMUM_SECRET = 32;

export function readConfig(service: string, env: Environment): ServiceConfig {
  const read = new Reader(env);
  const config = readAll(read, service);
  read.done();
  return config;
}

/** What a service reads from its environment, each name with its default; undefined: it has to be set. */
export function variablesOf(service: string, env: Environment): ReadonlyMap<string, string | undefined> {
  const read = new Reader(env);
  readAll(read, service);
  return read.variables;
}

function readAll(read: Reader, service: string): ServiceConfig {
  const issuer = read.url('ISSUER');
  const clock = read.oneOf('CLOCK', ['system', 'simulated'], 'system');
  if (clock === 'simulated' && !isDevelopmentIssuer(issuer)) {
    read.problems.push('CLOCK=simulated is for demonstrations: it is refused with any issuer but the development one');
  }
  read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info');
  return {
    service,
    host: read.text('HOST', '127.0.0.1'),
    port: read.port('PORT'),
    database: readDatabase(read, service),
    eventLog: readEventLog(read, service),
    issuer,
    audience: read.text('AUDIENCE', 'homeward'),
    serviceKeyFile: read.file('SERVICE_KEY_FILE'),
    auditKeyFile: read.file('AUDIT_KEY_FILE'),
    peopleUrl: read.url('PEOPLE_URL'),
    services: read.addresses('SERVICES'),
    secret: read.secret('SECRET'),
    simulated: clock === 'simulated',
    overrides: read.overrides('POLICY_OVERRIDES'),
  };
}

/** The part that `ops` needs: no issuer, no port of its own. */
export function readDataConfig(
  service: string,
  env: Environment,
): Pick<ServiceConfig, 'service' | 'database' | 'eventLog'> {
  const read = new Reader(env);
  const config = { service, database: readDatabase(read, service), eventLog: readEventLog(read, service) };
  read.done();
  return config;
}

function readDatabase(read: Reader, service: string): DatabaseConfig {
  return {
    service,
    host: read.text('DATABASE_HOST', '127.0.0.1'),
    port: read.port('DATABASE_PORT'),
    password: read.text('DATABASE_PASSWORD'),
    database: read.text('DATABASE_NAME', service.replaceAll('-', '_')),
  };
}

/** How to get into a Kafka whose brokers are told otherwise. */
export function readKafkaConfig(brokers: string[], env: Environment): EventLogConfig {
  const read = new Reader({ ...env, KAFKA_BROKERS: brokers.join(',') });
  const config = readKafka(read, 'ops');
  read.done();
  return config;
}

function readEventLog(read: Reader, service: string): EventLogConfig {
  const kind = read.oneOf('EVENT_LOG', ['postgres', 'kafka'], 'postgres');
  if (kind === 'kafka') return readKafka(read, service);
  return {
    kind,
    host: read.text('DATABASE_HOST', '127.0.0.1'),
    port: read.port('DATABASE_PORT'),
    password: read.text('DATABASE_PASSWORD'),
    database: read.text('EVENT_LOG_DATABASE', 'event_log'),
  };
}

function readKafka(read: Reader, service: string): EventLogConfig {
  const brokers = read.text('KAFKA_BROKERS').split(',');
  const tls = read.oneOf('KAFKA_TLS', ['on', 'off'], 'off') === 'on';
  const [username, password] = [read.text('KAFKA_USERNAME', ''), read.text('KAFKA_PASSWORD', '')];
  if ((username === '') !== (password === '')) read.problems.push('KAFKA_USERNAME and KAFKA_PASSWORD go together');
  const login = username === '' ? undefined : { username, password };
  const prefix = read.text('KAFKA_PREFIX', '');
  return { kind: 'kafka', brokers, clientId: `homeward-${service}`, prefix, tls, login };
}

/** Reads variables and collects what is wrong with them; values are never repeated, they may be secrets. */
class Reader {
  readonly problems: string[] = [];
  readonly variables = new Map<string, string | undefined>();

  constructor(private readonly env: Environment) {}

  text(name: string, otherwise?: string): string {
    this.variables.set(name, otherwise);
    const value = this.env[name]?.trim() || otherwise;
    if (value === undefined) this.problems.push(`${name} is missing`);
    return value ?? '';
  }

  port(name: string): number {
    const value = this.text(name);
    const port = Number(value);
    if (value !== '' && !(Number.isInteger(port) && port >= 0 && port < 65_536))
      this.problems.push(`${name} is not a port`);
    return port;
  }

  url(name: string): string {
    const value = this.text(name);
    if (value !== '' && !/^https?:\/\/[^/\s]+/.test(value)) this.problems.push(`${name} is not an http(s) address`);
    return value.replace(/\/$/, '');
  }

  /** Of every service that publishes anything: what is asked of all must be asked of each. */
  addresses(name: string): Record<string, string> {
    const value = this.text(name);
    const addresses = addressesIn(value);
    const missing = value === '' ? [] : withoutAddress(addresses, publishers());
    this.problems.push(...missing.map((service) => `${name} names no address of ${service}`));
    return addresses;
  }

  oneOf<T extends string>(name: string, values: readonly T[], otherwise: T): T {
    const value = this.text(name, otherwise) as T;
    if (!values.includes(value)) this.problems.push(`${name} is none of ${values.join(', ')}`);
    return value;
  }

  file(name: string): string {
    const value = this.text(name);
    if (value !== '' && !existsSync(value)) this.problems.push(`${name} names no file`);
    return value;
  }

  overrides(name: string): PolicyOverrides {
    const value = this.text(name, '');
    if (value === '') return new PolicyOverrides();
    try {
      return policyOverridesIn(value);
    } catch (error) {
      const reason = 'code' in (error as Error) ? 'names no file that can be read' : (error as Error).message;
      this.problems.push(`${name}: ${reason}`);
      return new PolicyOverrides();
    }
  }

  secret(name: string): string {
    const value = this.text(name);
    if (value !== '' && value.length < MINIMUM_SECRET) {
      this.problems.push(`${name} has fewer than ${MINIMUM_SECRET} characters`);
    }
    return value;
  }

  /** Throws when anything was wrong; each mistake once, though two parts may read the same variable. */
  done(): void {
    if (this.problems.length > 0) throw new InvalidConfig([...new Set(this.problems)]);
  }
}
