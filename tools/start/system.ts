import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  asSuperuser,
  createDatabase,
  createRoles,
  databaseName,
  type ServerAddress,
} from '../../infra/local/databases';
import { findOrStartKafka } from '../../infra/local/find-kafka';
import { auditKeyFile, issuerKeys, serviceKeyFile } from '../../infra/local/issuer/keys';
import type { KafkaBroker } from '../../infra/local/kafka';
import { startPostgres, type PostgresServer } from '../../infra/local/postgres';
import { ManagedContainer } from './managed-container';
import { ManagedProcess } from './managed-process';
import type { PortBlock } from './ports';

export const SERVICES = ['people', 'referrals', 'flow'] as const;
export type ServiceName = (typeof SERVICES)[number];
/** Owner of the database of the Postgres log. */
const EVENT_LOG = 'event-log';

export interface SystemOptions {
  ports: PortBlock;
  /** Data, logs and keys. */
  folder: string;
  kafka: boolean;
  /** Issuer, services, gateway and tools run in a container each. */
  containers?: boolean;
  say?: (line: string) => void;
  /** Told to every process besides what it needs. */
  environment?: Record<string, string>;
  /** Where Kafka says that it is, if not at its own port: the way there leads through something else. */
  kafkaAdvertisedPort?: number;
}

/** Everything of one machine, each part its own process: database, log, issuer, services, gateway. */
export class System {
  private readonly processes = new Map<string, ManagedProcess>();
  private postgres?: PostgresServer;
  private kafka?: KafkaBroker;
  private brokers: string[] = [];

  constructor(private readonly options: SystemOptions) {}

  get gateway(): string {
    return `http://localhost:${this.options.ports.gateway}`;
  }

  get issuer(): string {
    return `http://localhost:${this.options.ports.issuer}`;
  }

  addressOf(service: ServiceName): string {
    return `http://127.0.0.1:${this.options.ports[service]}`;
  }

  get folder(): string {
    return this.options.folder;
  }

  /** The log is ours to take away: `KAFKA_BROKERS` of somebody else are not. */
  get ownsLog(): boolean {
    return !this.options.kafka || this.kafka !== undefined;
  }

  get kafkaBrokers(): string[] {
    return this.brokers;
  }

  process(name: string): ManagedProcess {
    const found = this.processes.get(name);
    if (!found) throw new Error(`No process is called ${name}.`);
    return found;
  }

  /** Starts what everything stands on, then everything, and resolves when the gateway says ready. */
  async start(): Promise<void> {
    const { folder, ports } = this.options;
    for (const sub of ['logs', 'keys']) mkdirSync(join(folder, sub), { recursive: true });
    chmodSync(folder, 0o755); // PostgreSQL may run under another account than ours
    await Promise.all([this.startDatabase(), this.startLog(), issuerKeys(join(folder, 'keys'))]);
    // `npm run ops` finds the system by it.
    writeFileSync(join(folder, 'environment.json'), JSON.stringify(this.environment(), null, 2), { mode: 0o600 });
    this.say('Migrating …');
    await this.run('ops-migrate', 'tools/ops/main.js', ['migrate']);
    await this.run('ops-log', 'tools/ops/main.js', ['log', 'init']);
    this.say('Starting the issuer, people, referrals, flow and the gateway …');
    this.launch('issuer', 'infra/local/issuer/main.js', { PORT: String(ports.issuer), ISSUER: this.issuer });
    for (const service of SERVICES) this.launchService(service);
    this.launchGateway();
    await Promise.all(Array.from(this.processes.values(), (process) => process.answers()));
  }

  /** A replica of a service beside the first wants a name and a `PORT` of its own. */
  launchService(service: ServiceName, name: string = service, env: Record<string, string> = {}): ManagedProcess {
    return this.launch(name, `services/${service}/src/main.js`, {
      PORT: String(this.options.ports[service]),
      OTEL_SERVICE_NAME: service,
      SERVICE_KEY_FILE: serviceKeyFile(join(this.options.folder, 'keys'), service),
      AUDIT_KEY_FILE: auditKeyFile(join(this.options.folder, 'keys'), service),
      ...env,
    });
  }

  launchGateway(name = 'gateway', env: Record<string, string> = {}): ManagedProcess {
    return this.launch(name, 'services/gateway/src/main.js', { PORT: String(this.options.ports.gateway), ...env });
  }

  /** Gateway first, then services, issuer, log and database last; the data stay. */
  async stop(): Promise<void> {
    const inOrder = ['gateway', ...[...this.processes.keys()].filter((name) => !['gateway', 'issuer'].includes(name))];
    await this.processes.get('gateway')?.stop();
    await Promise.all(inOrder.slice(1).map(async (name) => this.processes.get(name)?.stop()));
    await this.processes.get('issuer')?.stop();
    await this.kafka?.stop();
    await this.postgres?.stop();
  }

  get databaseServer(): ServerAddress {
    if (!this.postgres) throw new Error('The database was not started.');
    return this.postgres;
  }

  /**
   * The event log is away while `work` runs: Kafka is killed and started again; on the Postgres log every connection to
   * its database is cut and none is let in.
   */
  async withoutLog(work: () => Promise<unknown>): Promise<void> {
    if (this.options.kafka) {
      if (!this.kafka) throw new Error('The broker belongs to somebody else.');
      await this.kafka.kill();
      await work();
      await this.startLog();
      return;
    }
    const allow = (yes: boolean) =>
      asSuperuser(this.databaseServer, async (client) => {
        await client.query(`ALTER DATABASE event_log ALLOW_CONNECTIONS ${yes}`);
        if (!yes)
          await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'event_log'`);
      });
    await allow(false);
    await work();
    await allow(true);
  }

  /** SIGKILL of the database server; `startDatabase` brings it back on the same data. */
  async killDatabase(): Promise<void> {
    await this.postgres?.kill();
  }

  async startDatabase(): Promise<void> {
    const { folder, ports } = this.options;
    this.say('Starting PostgreSQL …');
    const logFile = join(folder, 'logs', 'postgres.log');
    this.postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port: ports.postgres, logFile });
    for (const service of [...SERVICES, EVENT_LOG]) {
      await createRoles(this.postgres, service);
      await createDatabase(this.postgres, databaseName(service), service);
    }
  }

  async startLog(): Promise<void> {
    if (!this.options.kafka) return;
    const { folder, ports } = this.options;
    this.say('Starting Kafka …');
    const options = async () => ({
      dataDir: join(folder, 'kafka'),
      port: ports.kafka,
      controllerPort: ports.kafkaController,
      logFile: join(folder, 'logs', 'kafka.log'),
      advertisedPort: this.options.kafkaAdvertisedPort,
    });
    const found = await findOrStartKafka(options, (line) => this.say(line));
    if ('missing' in found)
      throw new Error(`Kafka cannot be started: ${found.missing}. Set KAFKA_BROKERS, or install it.`);
    this.brokers = found.brokers;
    this.kafka = found.started;
  }

  /** What every process is told; see docs/reference/configuration.md. */
  environment(): Record<string, string> {
    const { ports } = this.options;
    return {
      HOST: '127.0.0.1',
      DATABASE_HOST: '127.0.0.1',
      DATABASE_PORT: String(ports.postgres),
      DATABASE_PASSWORD: 'homeward',
      EVENT_LOG: this.options.kafka ? 'kafka' : 'postgres',
      ...(this.options.kafka ? { KAFKA_BROKERS: this.brokers.join(',') } : {}),
      ISSUER: this.issuer,
      ISSUER_KEYS: join(this.options.folder, 'keys'),
      AUDIENCE: 'homeward',
      PEOPLE_URL: `http://127.0.0.1:${ports.people}`,
      SERVICES: SERVICES.map((service) => `${service}=http://127.0.0.1:${ports[service]}`).join(','),
      SECRET: 'for-development-only-never-in-production',
      CLOCK: 'simulated',
      RATE_LIMIT: '60000', // a population acts as a dozen made-up callers
      ...this.options.environment,
    };
  }

  /** Runs a tool to its end with the system's environment. */
  run(name: string, script: string, args: string[]): Promise<void> {
    return new this.kind(name, script, this.environment(), this.logFile(name), args).completes();
  }

  private launch(name: string, script: string, env: Record<string, string>): ManagedProcess {
    const process = new this.kind(name, script, { ...this.environment(), ...env }, this.logFile(name));
    this.processes.set(name, process);
    process.start();
    return process;
  }

  private get kind(): typeof ManagedProcess {
    return this.options.containers ? ManagedContainer : ManagedProcess;
  }

  private logFile(name: string): string {
    return join(this.options.folder, 'logs', `${name}.log`);
  }

  private say(line: string): void {
    this.options.say?.(line);
  }
}
