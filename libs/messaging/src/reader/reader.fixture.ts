import {
  encode,
  partitionOf,
  personRegistered,
  sourceOf,
  topicOf,
  type EventContract,
  type EventEnvelope,
} from '@homeward/contracts';
import { systemClock, uuidv4, uuidv7 } from '@homeward/kernel';
import {
  Database,
  type DatabaseConfig,
  type Decision,
  foundationTables,
  grants,
  openPools,
  type Pools,
  rowLevelSecurity,
} from '@homeward/persistence';
import { createTestDatabase, eventually, openTestLog, testServer, type TestDatabaseServer } from '@homeward/testing';
import { Client, type ClientConfig } from 'pg';
import type { EventLogConfig } from '../log/open-log';
import type { EventLog, LogRecord, SubscribeOptions } from '../log/port';
import { installProjections } from '../rebuild/install';
import { reactionContext } from '../reaction-context';
import type { Projection, Reaction, Subscription, Tx } from '../subscription';
import type { ReaderOptions, ReaderTiming } from './options';
import type { LogReader } from './log-reader';
import { ProjectionsReader } from './projections-reader';
import { ReactionsReader } from './reactions-reader';

export const SERVICE = 'flow';

/** Impatient, so that a suite sees in a second what takes minutes. */
export const QUICK: Partial<ReaderTiming> = { gapPatienceMs: 800, rereadMs: 50, backOffMs: 100, healEveryMs: 100 };

/** A service's database and an event log. */
export interface World {
  log: EventLog;
  logConfig: EventLogConfig;
  pools: Pools;
  database: Database;
  config: DatabaseConfig;
  query<R>(text: string, values?: unknown[]): Promise<R[]>;
  publish(...events: Publishable[]): Promise<void>;
  /** Stopped when the world is closed. */
  readers: LogReader[];
  close(): Promise<void>;
}

/** Both empty. The database is on the run's server, or on one that the suite may stop. */
export async function openWorld(kind: 'postgres' | 'kafka', server?: TestDatabaseServer): Promise<World> {
  const testLog = await openTestLog(kind, ['people', 'referrals', 'flow'].map(topicOf));
  const migrate = async (connection: ClientConfig): Promise<void> => {
    const owner = new Client(connection);
    await owner.connect();
    for (const statement of [...foundationTables(SERVICE), ...SEEN_BY_A_REACTION]) await owner.query(statement);
    await owner.end();
  };
  const { name, drop } = await createTestDatabase(SERVICE, migrate, server?.address);
  const { host, port, password } = server?.address ?? testServer();
  const config = { service: SERVICE, host, port, password, database: name };
  const world = connectWorld(testLog.log, testLog.config, config);
  const close = async (): Promise<void> => {
    await world.close();
    await testLog.close();
    await drop();
  };
  return { ...world, close };
}

export function connectWorld(log: EventLog, logConfig: EventLogConfig, config: DatabaseConfig): World {
  const pools = openPools(config);
  const readers: LogReader[] = [];
  return {
    log,
    logConfig,
    pools,
    config,
    readers,
    database: new Database({ service: SERVICE, app: pools.app, worker: pools.worker, clock: systemClock }),
    query: async <R>(text: string, values: unknown[] = []) => (await pools.worker.query(text, values)).rows as R[],
    publish: (...events) => publish(log, events),
    close: async () => {
      await Promise.all(readers.map((reader) => reader.stop()));
      await pools.end();
    },
  };
}

const SEEN_BY_A_REACTION = [
  `CREATE TABLE decided (reaction text NOT NULL, source text NOT NULL, stream text NOT NULL, sequence bigint NOT NULL,
    previous bigint NOT NULL)`,
  ...grants(SERVICE, 'decided', 'SELECT'),
];

export interface Publishable {
  service: string;
  record: LogRecord;
}

/** An event as `service` would publish it: by default of a person's registration. */
export function event(
  stream: string,
  sequence: number,
  change: { contract?: EventContract<any>; service?: string; type?: string; data?: unknown } = {},
): Publishable {
  const { contract = personRegistered, service = 'people' } = change;
  const envelope: EventEnvelope = {
    id: uuidv7(),
    source: sourceOf(service),
    type: change.type ?? contract.type,
    subject: stream,
    time: new Date().toISOString(),
    occurredat: new Date().toISOString(),
    partitionkey: stream,
    sequence: BigInt(sequence),
    dataschema: 'https://homeward.example/schemas/test/0.json',
    correlationid: uuidv7(),
    actorrole: 'manager',
    personid: stream.startsWith('person/') ? stream.slice('person/'.length) : undefined,
    data: change.data ?? contract.example,
  };
  return { service, record: { partition: partitionOf(stream), key: stream, ...encode(envelope) } };
}

/** A person's events 1 to n. */
export const events = (stream: string, count: number, from = 1): Publishable[] =>
  Array.from({ length: count }, (_, i) => event(stream, from + i));

export const somebody = (): string => `person/${uuidv4()}`;

async function publish(log: EventLog, wanted: Publishable[]): Promise<void> {
  for (const service of new Set(wanted.map((one) => one.service))) {
    const records = wanted.filter((one) => one.service === service).map(({ record }) => record);
    await eventually(() => log.append(topicOf(service), records)); // as a relay does: a broker may still elect leaders
  }
}

export interface Seen {
  stream: string;
  sequence: number;
  /** The highest sequence that was there before it: the one in front of it, if all is well. */
  previous: number;
}

/** Keeps every event that it was given, a repeated one twice. `before` may fail, as a handler does. */
export function seenProjection(
  before: (events: EventEnvelope[], tx: Tx) => Promise<void> | void = () => undefined,
  change: Partial<Projection> = {},
): Projection {
  return {
    name: 'seen',
    generation: 1,
    types: [personRegistered.type],
    tables: ['seen_event'],
    create: (schema) => [
      `CREATE TABLE ${schema}.seen_event (person_id uuid, source text NOT NULL, stream text NOT NULL,
        sequence bigint NOT NULL, previous bigint NOT NULL, event_id uuid NOT NULL)`,
      `CREATE INDEX ON ${schema}.seen_event (source, stream, sequence)`,
      ...rowLevelSecurity(`${schema}.seen_event`),
      ...grants(SERVICE, `${schema}.seen_event`, 'SELECT'),
    ],
    async apply(tx, batch, schema) {
      await before(batch, tx);
      for (const { personid = null, source, partitionkey, sequence, id } of batch)
        await tx.query(
          `INSERT INTO ${schema}.seen_event SELECT $1::uuid, $2::text, $3::text, $4::bigint,
             coalesce((SELECT max(sequence) FROM ${schema}.seen_event WHERE source = $2 AND stream = $3), 0), $5::uuid`,
          [personid, source, partitionkey, sequence, id],
        );
    },
    ...change,
  };
}

/** Sequences that the projection was given, each with the one in front of it. */
export async function seen(world: World, stream: string, table = 'seen_1.seen_event'): Promise<number[]> {
  const rows = await world.query<{ sequence: string; previous: string }>(
    `SELECT sequence, previous FROM ${table} WHERE stream = $1 ORDER BY source, sequence`,
    [stream],
  );
  const unordered = rows.filter(({ sequence, previous }) => BigInt(previous) + 1n !== BigInt(sequence));
  expect(unordered).toEqual([]);
  return rows.map(({ sequence }) => Number(sequence));
}

export async function lastTaken(world: World, reader: string, stream: string): Promise<number> {
  const rows = await world.query<{ last: string }>(
    'SELECT last_sequence AS last FROM inbox WHERE reader = $1 AND stream = $2',
    [reader, stream],
  );
  return Number(rows[0]?.last ?? 0);
}

/** Installed and started, as bootstrap does it. */
export async function startReader(
  { log, pools, config, readers }: World,
  projections: Projection[],
  more: Partial<ReaderOptions> & { subscriptions?: Subscription[] } = {},
): Promise<ProjectionsReader> {
  await installProjections({ config, worker: pools.worker, log, projections });
  const { subscriptions = [], ...options } = more;
  const reader = new ProjectionsReader({ service: SERVICE, log, worker: pools.worker, timing: QUICK, ...options }, [
    ...projections,
    ...subscriptions,
  ]);
  readers.push(reader);
  await reader.start();
  return reader;
}

/** Notes each event down in one `write()`. `before` may fail, as a decision does. */
export function noteEach(
  { database }: World,
  before: (event: EventEnvelope) => void = () => undefined,
  change: Partial<Reaction> = {},
): Reaction {
  const name = change.name ?? 'note-each';
  return {
    name,
    types: [personRegistered.type],
    async react(event, inbox) {
      const { source, partitionkey, sequence } = event;
      const previous = `SELECT coalesce(max(sequence), 0) FROM decided WHERE reaction = $1 AND source = $2 AND stream = $3`;
      const decide = (): Decision => {
        before(event);
        return {
          changes: [
            {
              text: `INSERT INTO decided SELECT $1::text, $2::text, $3::text, $4::bigint, (${previous}) RETURNING 1`,
              values: [name, source, partitionkey, sequence],
            },
          ],
          events: [],
          outcome: { status: 200, body: {} },
          audit: { subject: event.subject, personIds: [] },
        };
      };
      await database.write(reactionContext(SERVICE, event, name), { keys: [partitionkey] }, { decide }, { inbox });
    },
    ...change,
  };
}

export async function decided(world: World, stream: string): Promise<number[]> {
  return seen(world, stream, 'decided');
}

export async function startReactions(
  { log, pools, readers }: World,
  reactions: Reaction[],
  more: Partial<ReaderOptions> = {},
): Promise<ReactionsReader> {
  const reader = new ReactionsReader(
    { service: SERVICE, log, worker: pools.worker, timing: QUICK, ...more },
    reactions,
  );
  readers.push(reader);
  await reader.start();
  return reader;
}

export interface ParkedRow {
  subscription: string;
  sequence: string;
  reason: string;
}

export const parkedRows = (world: World, stream: string): Promise<ParkedRow[]> =>
  world.query('SELECT subscription, sequence, reason FROM parked_event WHERE stream = $1 ORDER BY 1, 2', [stream]);

/** The same log for groups that have no position yet, as when the log is a copy: everything comes again. */
export const withoutPositions = (log: EventLog): EventLog =>
  Object.assign(Object.create(log) as EventLog, {
    subscribe: (options: SubscribeOptions) => log.subscribe({ ...options, group: `${options.group}.${uuidv7()}` }),
  });

/** A failure of somebody else: the database has no connection left. */
export const tooManyConnections = (): Error => Object.assign(new Error('sorry'), { code: '53300' });
