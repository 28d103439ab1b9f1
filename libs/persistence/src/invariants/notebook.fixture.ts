import { newEvent, referralReceived, type NewEvent } from '@homeward/contracts';
import { systemClock, uuidv4, uuidv7 } from '@homeward/kernel';
import { createTestDatabase, type TestDatabase } from '@homeward/testing';
import { Client, Pool } from 'pg';
import type { CommandContext } from '../context';
import { Database, type DatabaseOptions } from '../database';
import type { Change, Decision, Outcome, Work } from '../decision';
import { openPools, type DatabaseConfig, type Pools } from '../pools';
import type { Row } from '../flush';
import { foundationTables, grants, rowLevelSecurity } from '../tables';

export const TRUST = 'RZ1';
export const OTHER_TRUST = 'RZ2';
export const SERVICE = 'referrals';

/** The smallest service: one table of one number a person, on real PostgreSQL with the three roles. */
export interface Notebook {
  database: Database;
  pools: Pools;
  config: DatabaseConfig;
  /** What no role of a service may read: everything. */
  all<R = Row>(text: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

const TABLES = [
  ...foundationTables(SERVICE),
  'CREATE TABLE note (person_id uuid PRIMARY KEY, count int NOT NULL, version int NOT NULL)',
  ...rowLevelSecurity('note'),
  ...grants(SERVICE, 'note', 'SELECT, INSERT, UPDATE'),
];

export async function openNotebook(options: Partial<DatabaseOptions> = {}): Promise<Notebook> {
  const test = await createTestDatabase(SERVICE, async (owner) => {
    const client = new Client(owner);
    await client.connect();
    for (const statement of TABLES) await client.query(statement);
    await client.end();
  });
  const config = configOf(test);
  const pools = openPools(config);
  const superuser = new Pool({ ...test.config('superuser'), max: 2 });
  superuser.on('error', () => undefined); // its end does not wait for the sockets, and the drop may find one open
  return {
    database: new Database({ service: SERVICE, ...pools, clock: systemClock, ...options }),
    pools,
    config,
    all: async <R>(text: string, values?: unknown[]) => (await superuser.query(text, values)).rows as R[],
    close: async () => {
      await pools.end();
      await superuser.end();
      await test.drop();
    },
  };
}

function configOf(test: TestDatabase): DatabaseConfig {
  const { host, port, password } = test.config('app');
  return { service: SERVICE, host: String(host), port: Number(port), password: String(password), database: test.name };
}

export const contextOf = (organisation: string, more: Partial<CommandContext> = {}): CommandContext => ({
  principal: { organisation, sub: uuidv4(), teams: [], roles: ['intake'], purpose: 'direct-care' },
  role: 'intake',
  action: 'add-note',
  route: '/notes/:id/add',
  correlationId: uuidv4(),
  ...more,
});

/** One caller, so that a key of theirs can come again. */
export const CALLER = contextOf(TRUST).principal;

export const withKey = (key: string, fingerprint = 'the body'): CommandContext =>
  contextOf(TRUST, { principal: CALLER, idempotency: { key, fingerprint } });

export const streamOf = (...people: string[]) => ({ keys: people.map((personId) => `person/${personId}`) });

/** Its contract gives the intake's organisation, the trust, a right to see the person. */
export const received = (personId: string, occurredAt = new Date().toISOString()): NewEvent => {
  const referralId = uuidv7();
  const data = { ...referralReceived.example, referralId, intakeOrganisation: TRUST };
  const subject = `referral/${referralId}`;
  return newEvent(referralReceived, { stream: `person/${personId}`, subject, personId, occurredAt, data });
};

export const answer = (personId: string, version: number): Outcome => ({
  status: 200,
  body: { id: personId, version },
  etag: version,
});

export const decision = (personId: string, version: number, changes: Change[], events: NewEvent[]): Decision => ({
  changes,
  events,
  outcome: answer(personId, version),
  audit: { subject: `note/${personId}`, personIds: [personId] },
});

export const insertNote = (personId: string, count = 1): Change => ({
  text: 'INSERT INTO note (person_id, count, version) VALUES ($1, $2, 1) RETURNING 1',
  values: [personId, count],
});

export const updateNote = (personId: string, count: number, version: number): Change => ({
  text: 'UPDATE note SET count = $2, version = version + 1 WHERE person_id = $1 AND version = $3 RETURNING 1',
  values: [personId, count, version],
});

export const loadNote = (personId: string) => ({
  text: 'SELECT count, version FROM note WHERE person_id = $1',
  values: [personId],
});

/** Adds one to the person's number: the first time a row, then a guarded update of what was loaded. */
export const addOne = (personId: string): Work => addOneTo([personId]);

/** The same for several people in one command, with one event on the stream of each. */
export const addOneTo = (people: string[]): Work => ({
  load: people.map(loadNote),
  decide: (loaded) => {
    const found = people.map((_, i) => loaded[i]?.[0]);
    const changes = people.map((personId, i) => changeOf(personId, found[i]));
    const version = Number(found[0]?.['version'] ?? 0) + 1;
    const events = people.map((personId) => received(personId));
    return { ...decision(people[0] ?? '', version, changes, events), audit: { subject: 'note', personIds: people } };
  },
});

const changeOf = (personId: string, found: Row | undefined): Change =>
  found ? updateNote(personId, Number(found['count']) + 1, Number(found['version'])) : insertNote(personId);
