import { partitionOf, topicOf, validateProduced } from '@homeward/contracts';
import { foundationTables, type DatabaseConfig } from '@homeward/persistence';
import {
  createTestDatabase,
  eventually,
  openTestLog,
  startChild,
  testKafka,
  type TestDatabase,
  type TestLog,
} from '@homeward/testing';
import { join } from 'node:path';
import { backlog, SERVICE, TOPIC, unpublished } from '../tools/bench/relay/tables';
import { Client } from 'pg';
import { hasJavaClient, readWithJava } from './java-client';
import { readWithKcat, type WireRecord } from './kcat';

const EVENTS = 20_000;
const BATCH = 500;
const CRASHES = 2;
const RELAY = join(__dirname, '..', 'libs', 'messaging', 'src', 'relay', 'relay.child.ts');

const brokers = testKafka();

if (!brokers) {
  it('is read from Kafka, where Kafka is not required', () => expect(process.env['KAFKA']).not.toBe('required'));
} else {
  describe('a loaded topic, its relay killed on the way, is whole for clients of other makes', () =>
    readByOthers(brokers.join(',')));
}

function readByOthers(broker: string): void {
  let database: TestDatabase;
  let log: TestLog;
  let topic: string;
  let records: WireRecord[];

  beforeAll(async () => {
    log = await openTestLog('kafka', [TOPIC]);
    topic = `${'prefix' in log.config ? log.config.prefix : ''}${topicOf(SERVICE)}`;
    database = await createTestDatabase(SERVICE, async (owner) => {
      const client = new Client(owner);
      await client.connect();
      for (const statement of foundationTables(SERVICE)) await client.query(statement);
      await client.end();
    });
    await relayAll();
    records = await readWithKcat(broker, topic);
  }, 120_000);
  afterAll(async () => {
    await log.close();
    await database.drop();
  });

  async function relayAll(): Promise<void> {
    const worker = database.config('worker');
    const config = { service: SERVICE, ...worker } as DatabaseConfig;
    await backlog(config, EVENTS);
    for (let run = 1; run <= CRASHES + 1; run += 1) {
      const relay = startChild(RELAY, { worker, log: log.config });
      const left = EVENTS * (1 - run / (CRASHES + 1));
      await eventually(async () => (await unpublished(config)) <= left, 60_000);
      await relay.kill();
    }
  }

  const eventOf = ({ key, headers }: WireRecord): string => `${key} ${headers['ce_sequence']}`;

  it('complete: every event is there, and no more comes twice than a batch for each kill', () => {
    const events = new Set(records.map(eventOf));
    expect(events.size).toBe(EVENTS);
    expect(records.length - events.size).toBeLessThanOrEqual(CRASHES * BATCH);
  });

  it('in order: each stream counts from 1, its first occurrences without a gap', () => {
    const last = new Map<string, number>();
    const early = records.filter(({ key, headers }) => {
      const [sequence, before] = [Number(headers['ce_sequence']), last.get(key) ?? 0];
      last.set(key, Math.max(sequence, before));
      return sequence > before + 1;
    });
    expect(early).toEqual([]);
    expect([...last.values()].reduce((sum, one) => sum + one, 0)).toBe(EVENTS);
  });

  it('valid: each by its schema, in the partition that its stream gives', () => {
    const strange = records.filter(
      ({ key, partition, headers, value }) =>
        partition !== partitionOf(key) || validateProduced(headers['ce_type'] ?? '', JSON.parse(value)).length > 0,
    );
    expect(strange).toEqual([]);
  });

  it('and Kafka’s own client for Java reads the same', async () => {
    if (!(await hasJavaClient())) return expect(process.env['KAFKA']).not.toBe('required');
    const byPlace = (one: WireRecord, other: WireRecord): number => one.partition - other.partition;
    expect((await readWithJava(broker, topic)).sort(byPlace)).toEqual(records.sort(byPlace));
  });
}
