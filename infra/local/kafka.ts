import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaJars } from './kafka-jars';
import { endChild, ended } from './processes';

export interface KafkaOptions {
  /** Kept from one start to the next; formatted the first time. */
  dataDir: string;
  port: number;
  controllerPort: number;
  logFile: string;
  /** Where clients are sent, if not to `port`: a proxy that stands before the broker. */
  advertisedPort?: number;
}

export interface KafkaBroker {
  /** For `KAFKA_BROKERS`. */
  brokers: string[];
  pid: number;
  stop(): Promise<void>;
  /** SIGKILL. Start again on the same folder to recover. */
  kill(): Promise<void>;
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
    await promisify(execFile)('java', ['-cp', classpath, ...format]);
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
  failure.catch(() => undefined); // after the start, its end is the caller's to see
  await Promise.race([answers(options.port), failure]);
  return {
    brokers: [`127.0.0.1:${options.port}`],
    pid: child.pid as number,
    stop: () => endChild(child, 'SIGTERM', 20_000),
    kill: () => {
      child.kill('SIGKILL');
      return ended(child);
    },
  };
}

function serverProperties(options: KafkaOptions, logs: string): string {
  const { port, controllerPort, advertisedPort = port } = options;
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertisedPort}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': logs,
    'log.retention.ms': '-1', // the log is the record: nothing in it expires
    'auto.create.topics.enable': 'false', // `ops log init` makes them, with 16 partitions
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.num.partitions': '3',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    // one node: it may call itself lost and found quickly, so that clients are back soon after a restart
    'broker.session.timeout.ms': '2000',
    'broker.heartbeat.interval.ms': '500',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

async function answers(port: number): Promise<void> {
  for (;;) {
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
