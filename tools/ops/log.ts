import { readDataConfig, readKafkaConfig, topicsFor } from '@homeward/bootstrap';
import {
  migratePostgresLog,
  openEventLog,
  type EventLog,
  type EventLogConfig,
  type ReceivedRecord,
} from '@homeward/messaging';
import { Misuse, type Command } from './command';
import { SERVICES } from './services';

const topics = (): string[] => [...new Set(SERVICES.flatMap(({ name }) => topicsFor(name)))];
const configured = (): EventLogConfig => readDataConfig('ops', process.env).eventLog;

const init: Command = {
  name: 'log init',
  usage: '',
  summary: 'Makes the topics that are missing, with 16 partitions and unlimited retention.',
  details: 'On the Postgres log it first brings the database `event_log` to this release.',
  async run() {
    await prepare(configured());
    console.log(`Topics: ${topics().join(', ')}`);
  },
};

const check: Command = {
  name: 'log check',
  usage: '',
  summary: 'Says whether every topic is there, with the right number of partitions.',
  async run() {
    await withLog(configured(), (log) => log.check(topics()));
    console.log('Every topic is there.');
  },
};

const republish: Command = {
  name: 'log republish',
  usage: '--from <log> --to <log>',
  summary: 'Copies all that the old log holds into a new, empty one.',
  details: `A log is \`kafka:host:port,host:port\` or \`postgres:host:port/database\` (its password is DATABASE_PASSWORD);
KAFKA_TLS, KAFKA_USERNAME and KAFKA_PASSWORD count for every Kafka that is named.
Stop every service first: what is published meanwhile is not copied. Positions do not move along: readers begin at the
beginning of the new log and drop what their inbox has. A topic of the new log that holds anything is refused.`,
  options: { from: { type: 'string' }, to: { type: 'string' } },
  async run(_, { from, to }) {
    const target = logNamed(to, '--to');
    const source = logNamed(from, '--from');
    await prepare(target);
    await withLog(source, (old) =>
      withLog(target, async (fresh) => {
        for (const topic of topics()) console.log(`${topic}: ${await copy(old, fresh, topic)} events`);
      }),
    );
  },
};

export const logCommands: Command[] = [init, check, republish];

async function prepare(config: EventLogConfig): Promise<void> {
  if (config.kind === 'postgres') await migratePostgresLog(config);
  await withLog(config, (log) => log.init(topics()));
}

async function withLog<T>(config: EventLogConfig, work: (log: EventLog) => Promise<T>): Promise<T> {
  const log = openEventLog(config);
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

/** Each partition's records in their order; the partition is kept, since it follows from the key alone. */
async function copy(from: EventLog, to: EventLog, topic: string): Promise<number> {
  let held = 0;
  await to.readAll(topic, async (records) => void (held += records.length));
  if (held > 0) throw new Misuse(`${topic} of the new log holds ${held} events already.`);
  let copied = 0;
  await from.readAll(topic, async (records: ReceivedRecord[]) => {
    await to.append(
      topic,
      records.map(({ partition, key, headers, value }) => ({ partition, key, headers, value })),
    );
    copied += records.length;
  });
  return copied;
}

function logNamed(text: string | boolean | undefined, option: string): EventLogConfig {
  const [, kind, rest = ''] = /^(kafka|postgres):(.+)$/.exec(String(text ?? '')) ?? [];
  if (kind === 'kafka') return readKafkaConfig(rest.split(','), process.env);
  const [, host, port, database] = /^([^:/]+):(\d+)\/(\w+)$/.exec(rest) ?? [];
  if (kind === undefined || host === undefined || database === undefined) {
    throw new Misuse(`${option} takes kafka:host:port,… or postgres:host:port/database.`);
  }
  return { kind: 'postgres', host, port: Number(port), database, password: process.env['DATABASE_PASSWORD'] ?? '' };
}
