import { randomBytes } from 'node:crypto';
import { migratePostgresLog, openEventLog, type EventLog, type EventLogConfig } from '@homeward/messaging';
import { createTestDatabase, testKafka, testServer } from './databases';

/** An empty event log of a suite's own: a database, or topics and groups of its own on the run's Kafka. */
export interface TestLog {
  log: EventLog;
  /** Plain data: what a child process needs to open the same log. */
  config: EventLogConfig;
  /** Another client of the same log. */
  open(onTrouble?: (error: Error) => void): EventLog;
  /** Closes every client and forgets the log. */
  close(): Promise<void>;
}

export async function openTestLog(kind: 'postgres' | 'kafka', topics: string[] = []): Promise<TestLog> {
  const { config, drop } = await (kind === 'kafka' ? kafkaNames() : postgresDatabase());
  const clients: EventLog[] = [];
  const open = (onTrouble?: (error: Error) => void): EventLog => {
    const client = openEventLog(config, onTrouble);
    clients.push(client);
    return client;
  };
  const log = open();
  await log.init(topics);
  const close = async (): Promise<void> => {
    await Promise.all(clients.map((client) => client.close()));
    await drop();
  };
  return { log, config, open, close };
}

interface Made {
  config: EventLogConfig;
  drop(): Promise<void>;
}

/** The broker goes with the run, and what is in it. */
function kafkaNames(): Promise<Made> {
  const brokers = testKafka();
  if (!brokers) throw new Error('this run has no Kafka: ask logsUnderTest()');
  const prefix = `t-${randomBytes(4).toString('hex')}.`;
  return Promise.resolve({
    config: { kind: 'kafka', brokers, clientId: 'test', prefix, idleWaitMs: 250 },
    drop: () => Promise.resolve(),
  });
}

async function postgresDatabase(): Promise<Made> {
  const { host, port, password } = testServer();
  const { name, drop } = await createTestDatabase('event_log', async (owner) => {
    await migratePostgresLog({ host, port, password, database: owner.database });
  });
  return { config: { kind: 'postgres', host, port, password, database: name }, drop };
}
