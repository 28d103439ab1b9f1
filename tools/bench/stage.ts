import { openEventLog, migratePostgresLog, type EventLogConfig } from '@homeward/messaging';
import { migrate, type DatabaseConfig, type MigrationClass } from '@homeward/persistence';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { createDatabase, createRoles, databaseName, type ServerAddress } from '../../infra/local/databases';
import { findOrStartKafka } from '../../infra/local/find-kafka';
import { freePort } from '../../infra/local/ports';
import { startPostgres, type PostgresServer } from '../../infra/local/postgres';
import { startWorker, type Worker } from './worker';

export type LogKind = EventLogConfig['kind'];

export interface StageOptions {
  /** Fewer and shorter measurements: to see that a bench works, not for figures. */
  quick: boolean;
  /** Where the workers' CPU profiles go. */
  profile?: string;
  say(line: string): void;
}

const MIGRATION_OF_NOTHING: MigrationClass[] = [];

/** What one bench stands on: servers and processes of its own, all ended with it. */
export class Stage {
  readonly pairs: number;
  readonly say: (line: string) => void;
  private readonly folder = mkdtempSync(join(tmpdir(), 'homeward-bench-'));
  private readonly closers: (() => Promise<unknown>)[] = [];
  private server: Promise<PostgresServer> | undefined;
  private brokers: Promise<string[] | undefined> | undefined;

  constructor(private readonly options: StageOptions) {
    chmodSync(this.folder, 0o755); // PostgreSQL may run under another account than ours
    this.pairs = options.quick ? 3 : 7;
    this.say = options.say;
  }

  /** The longer number, or the shorter with `--quick`. */
  either<T>(full: T, quick: T): T {
    return this.options.quick ? quick : full;
  }

  /** PostgreSQL as production runs it, every commit flushed. */
  postgres(): Promise<PostgresServer> {
    this.server ??= this.startPostgres();
    return this.server;
  }

  /** A service's database, migrated; `database` when a bench needs several of the same service. */
  async database(service: string, migrations = MIGRATION_OF_NOTHING, database?: string): Promise<DatabaseConfig> {
    const server = await this.postgres();
    const { host, port, password } = server;
    const name = database ?? databaseName(service);
    await createRoles(server, service);
    await createDatabase(server, name, service);
    const config = { service, host, port, password, database: name };
    if (migrations.length > 0) await migrate(config, migrations);
    return config;
  }

  /** Both logs; Postgres' alone on a machine that can run no Kafka, and the report says so. */
  async logs(): Promise<LogKind[]> {
    this.brokers ??= this.startKafka();
    return (await this.brokers) ? ['postgres', 'kafka'] : ['postgres'];
  }

  /** An empty event log with these topics. */
  async log(kind: LogKind, topics: string[]): Promise<EventLogConfig> {
    const config = kind === 'kafka' ? await this.kafkaLog() : await this.postgresLog();
    const log = openEventLog(config);
    await log.init(topics);
    await log.close();
    return config;
  }

  /** A process of the bench's own: see `worker.ts`. */
  worker(script: string, env?: Record<string, string>): Worker {
    const worker = startWorker(script, { env, profile: this.options.profile });
    this.keep(() => worker.end());
    return worker;
  }

  /** Ended with the stage, the last first. */
  keep(close: () => Promise<unknown>): void {
    this.closers.push(close);
  }

  /** A folder for what a bench writes; it goes with the stage. */
  room(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  async close(): Promise<void> {
    for (const close of this.closers.reverse()) await close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async startPostgres(): Promise<PostgresServer> {
    const options = { dataDir: join(this.folder, 'postgres'), logFile: join(this.folder, 'postgres.log') };
    const settings = { shared_buffers: `${Math.round(totalmem() / 4 / 2 ** 20)}MB` }; // as its manual begins with
    const server = await startPostgres({ ...options, settings, port: await freePort() });
    this.keep(() => server.stop());
    return server;
  }

  private async startKafka(): Promise<string[] | undefined> {
    const found = await findOrStartKafka(async () => ({
      dataDir: join(this.folder, 'kafka'),
      logFile: join(this.folder, 'kafka.log'),
      port: await freePort(),
      controllerPort: await freePort(),
    }));
    if ('missing' in found) {
      this.say(`No Kafka here: ${found.missing}`);
      return undefined;
    }
    this.keep(async () => found.started?.forget());
    return found.brokers;
  }

  private async kafkaLog(): Promise<EventLogConfig> {
    await this.logs();
    const brokers = await this.brokers;
    if (!brokers) throw new Error('There is no Kafka: ask logs() first.');
    return { kind: 'kafka', brokers, clientId: 'bench', prefix: `${unique('b')}.` };
  }

  private async postgresLog(): Promise<EventLogConfig> {
    const server: ServerAddress = await this.postgres();
    const { host, port, password } = server;
    const database = unique('event_log');
    await createRoles(server, 'event_log');
    await createDatabase(server, database, 'event_log');
    await migratePostgresLog({ host, port, password, database });
    return { kind: 'postgres', host, port, password, database };
  }
}

const unique = (prefix: string): string => `${prefix}_${randomBytes(4).toString('hex')}`;
