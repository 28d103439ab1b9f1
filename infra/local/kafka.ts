import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaJars } from './kafka-jars';
import { kafkaSettings } from './kafka-settings';
import { endChild, ended } from './processes';

export interface KafkaOptions {
  /** Kept from one start to the next; formatted the first time. */
  dataDir: string;
  port: number;
  controllerPort: number;
  logFile: string;
  /** Where clients are sent, if not to `port`: a proxy that stands before the broker. */
  advertisedPort?: number;
  /** All that `server.properties` holds but the folder, where it is not the broker of one machine. */
  properties?: Record<string, string>;
  /** Who may sign in from the first start on (SCRAM-SHA-512). */
  users?: { username: string; password: string }[];
}

export interface KafkaBroker {
  /** For `KAFKA_BROKERS`. */
  brokers: string[];
  stop(): Promise<void>;
  /** SIGKILL. Start again on the same folder to recover. */
  kill(): Promise<void>;
  /** Ends it, and what it keeps outside its folder is gone. */
  forget(): Promise<void>;
}

/** Starts a real Apache Kafka (KRaft, one node) from its own jars and resolves when its port answers. */
export async function startKafka(options: KafkaOptions): Promise<KafkaBroker> {
  const classpath = join(await kafkaJars(), '*');
  const properties = join(options.dataDir, 'server.properties');
  const logs = join(options.dataDir, 'data');
  mkdirSync(options.dataDir, { recursive: true });
  writeFileSync(properties, serverProperties(options, logs));
  if (!existsSync(join(logs, 'meta.properties'))) {
    // Begins with a letter: the tool takes a leading dash for an option.
    const cluster = `h${randomBytes(16).toString('base64url').slice(1)}`;
    const format = ['kafka.tools.StorageTool', 'format', '-t', cluster, '-c', properties];
    await promisify(execFile)('java', ['-cp', classpath, ...format, ...withUsers(options)]);
  }
  const log = openSync(options.logFile, 'a');
  // A process group of its own: Ctrl-C at the terminal must not end the broker before the services.
  const child = spawn('java', ['-Xmx512m', '-cp', classpath, 'kafka.Kafka', properties], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const failure = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Kafka ended with ${code}: see ${options.logFile}`)));
  });
  let hasEnded = false;
  failure.catch(() => (hasEnded = true)); // after the start, its end is the caller's to see
  await Promise.race([answers(options.port, () => hasEnded), failure]);
  const kill = (): Promise<void> => {
    child.kill('SIGKILL');
    return ended(child);
  };
  return {
    brokers: [`127.0.0.1:${options.port}`],
    stop: () => endChild(child, 'SIGTERM', 20_000),
    kill,
    forget: kill,
  };
}

const withUsers = ({ users = [] }: KafkaOptions): string[] =>
  users.flatMap(({ username, password }) => ['--add-scram', `SCRAM-SHA-512=[name=${username},password=${password}]`]);

function serverProperties(options: KafkaOptions, data: string): string {
  const settings = options.properties
    ? { ...options.properties, 'log.dirs': data }
    : kafkaSettings({ ...options, data });
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

async function answers(port: number, hasEnded: () => boolean): Promise<void> {
  while (!hasEnded()) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.unref();
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
