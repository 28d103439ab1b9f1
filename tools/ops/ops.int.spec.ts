import { encode, partitionOf, teamOpened, topicOf, type EventEnvelope } from '@homeward/contracts';
import { uuidv7 } from '@homeward/kernel';
import { openEventLog, type EventLogConfig, type LogRecord } from '@homeward/messaging';
import { openPools, type Pools } from '@homeward/persistence';
import {
  logsUnderTest,
  openTestLog,
  startDatabaseServer,
  testServer,
  type TestDatabaseServer,
  type TestLog,
} from '@homeward/testing';
import { Misuse, runCommand } from './command';
import { commands } from './commands';
import { SERVICES } from './services';

const TEAM = '0199b6a0-0000-7000-8000-0000000000a1';

function opened(sequence: bigint, team = TEAM): EventEnvelope {
  return {
    id: uuidv7(),
    source: '/homeward/flow',
    type: teamOpened.type,
    subject: `team/${team}`,
    time: '2026-11-25T10:00:00.000000Z',
    occurredat: '2026-11-25T10:00:00.000000Z',
    partitionkey: `team/${team}`,
    sequence,
    dataschema: `https://homeward.example/schemas/${teamOpened.type}/0.json`,
    correlationid: uuidv7(),
    actorrole: 'manager',
    data: { ...teamOpened.example, teamId: team },
  };
}

function recordOf(event: EventEnvelope): LogRecord {
  const { headers, value } = encode(event);
  return { partition: partitionOf(event.partitionkey), key: event.partitionkey, headers, value };
}

const environmentOf = (log: EventLogConfig): Record<string, string> =>
  log.kind === 'kafka'
    ? { EVENT_LOG: 'kafka', KAFKA_BROKERS: log.brokers.join(','), KAFKA_PREFIX: log.prefix ?? '' }
    : { EVENT_LOG: 'postgres', EVENT_LOG_DATABASE: String(log.database) };

const namedLog = (log: EventLogConfig): string =>
  log.kind === 'kafka' ? `kafka:${log.brokers.join(',')}` : `postgres:${log.host}:${log.port}/${log.database}`;

/** What a service is told besides; nothing of it is asked here. */
const ofPeople = {
  ...{ ISSUER: 'http://127.0.0.1:9', PEOPLE_URL: 'http://127.0.0.1:9', SECRET: 'x'.repeat(32) },
  SERVICES: SERVICES.map(({ name }) => `${name}=http://127.0.0.1:9`).join(','),
  ...{ SERVICE_KEY_FILE: __filename, AUDIT_KEY_FILE: __filename },
};

let server: TestDatabaseServer;
const before = process.env;
beforeAll(async () => {
  server = await startDatabaseServer();
});
beforeEach(() => {
  const { host, port, password } = server.address;
  process.env = {
    ...before,
    DATABASE_HOST: host,
    DATABASE_PORT: String(port),
    DATABASE_PASSWORD: 'of the roles',
    DATABASE_ADMIN_PASSWORD: password,
  };
});
afterEach(() => (process.env = before));
afterAll(() => server.remove());

/** What an operator sees, and whether the exit code would be 0. */
async function ops(line: string): Promise<{ said: string; isWell: boolean }> {
  const said: string[] = [];
  const print = jest.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
  try {
    const isWell = await runCommand(commands, line.split(' '));
    return { said: said.join('\n'), isWell };
  } finally {
    print.mockRestore();
  }
}

describe('ops, on a machine that has nothing yet', () => {
  it('makes roles and databases, once', async () => {
    await expect(ops('migrate')).rejects.toThrow();
    expect((await ops('databases')).said).toBe('people: made\nreferrals: made\nflow: made\nevent_log: made');
    expect((await ops('databases')).said).toMatch(/^(\w+: there already\n?){4}$/);
  });

  it('migrates every service, once', async () => {
    expect((await ops('migrate')).said).toMatch(
      /people: \w+.*\nreferrals: .*team-directory created\nflow: .*journey created/,
    );
    expect((await ops('migrate flow')).said).toBe('flow: nothing to do');
  });

  it('makes the log and finds it complete', async () => {
    await expect(ops('log check')).rejects.toThrow();
    expect((await ops('log init')).said).toContain('homeward.flow');
    expect((await ops('log check')).said).toBe('Every topic is there.');
  });

  it('shows a relay that nobody runs', async () => {
    expect((await ops('relay status')).said).toMatch(/^people +0 +0 +NO/m);
  });

  it('verifies an audit in which nothing is recorded yet, and says when something is wrong', async () => {
    expect(await ops('audit verify people')).toMatchObject({
      said: 'people: as it was made. 0 entries are sealed, 0 of them signed, by 0 heads.',
      isWell: true,
    });
    const { host, port } = server.address;
    const pools = openPools({ service: 'people', host, port, password: 'of the roles' });
    await pools.worker.query(
      `INSERT INTO audit (at, organisation, sub, role, purpose, action, route, correlation_id, outcome, subject, person_ids)
        VALUES (now() - interval '1 hour', 'RZ1', 's', 'intake', 'direct-care', 'a', '/', $1, 'read', '', '{}')`,
      [uuidv7()],
    );
    await pools.end();
    const found = await ops('audit verify people');
    expect(found.isWell).toBe(false);
    expect(found.said).toMatch(/^people: NOT as it was made[^]*UNSEALED: 1 row[^]*docs\/runbooks/);
    expect((await ops('audit retention people --dry-run')).said).toContain('the detail of 0 entries is older');
    await expect(ops('audit retention people')).rejects.toThrow(/--dry-run/);
    await expect(ops('audit verify people --keys /nowhere')).rejects.toThrow(Misuse);
  });

  it('erases nobody without an id, a reason and somebody who approved it', async () => {
    const id = uuidv7();
    process.env = { ...process.env, ...ofPeople };
    await expect(ops('erase Sam --reason ordered')).rejects.toThrow(/by the id of a person/);
    await expect(ops(`erase ${id}`)).rejects.toThrow(/asked-by-the-person, asked-on-their-behalf/);
    await expect(ops(`erase ${id} --reason ordered --approved-by me`)).rejects.toThrow(/their `sub`/);
    await expect(ops(`erase ${id} --reason ordered --dry-run`)).rejects.toThrow(`There is no person ${id}.`);
  });

  it('says what there is when it is asked for what there is not', async () => {
    await expect(ops('parket')).rejects.toThrow(Misuse);
    await expect(ops('rebuild flow nothing')).rejects.toThrow(/open-referral, journey/);
    await expect(ops('parked show flow')).rejects.toThrow(/parked list/);
    await expect(ops('rebuild flow journey --acept')).rejects.toThrow(/--accept/);
    for (const { name } of commands) expect((await ops(`${name} --help`)).said).toContain(`npm run ops -- ${name}`);
  });

  describe('where an event is parked', () => {
    let pools: Pools;
    const event = opened(1n);
    beforeAll(async () => {
      const { host, port } = server.address;
      const password = 'of the roles';
      pools = openPools({ service: 'referrals', host, port, password });
      const log = openEventLog({ kind: 'postgres', host, port, password });
      await log.append(topicOf('flow'), [recordOf(event)]);
      await log.close();
      await pools.worker.query(`INSERT INTO inbox VALUES ('homeward.referrals', '/homeward/flow', $1, 1)`, [
        event.partitionkey,
      ]);
      await pools.worker.query(
        `INSERT INTO parked_event (subscription, source, stream, sequence, event, reason)
         VALUES ('team-directory', '/homeward/flow', $1, 1, $2, 'poison: TypeError')`,
        [event.partitionkey, JSON.stringify(encode(event))],
      );
    });
    afterAll(() => pools.end());

    it('lists, shows and redrives it', async () => {
      expect((await ops('parked list')).said).toMatch(/referrals +team-directory +\/homeward\/flow +team\/\S+ +1 /);
      expect((await ops(`parked show referrals team-directory team/${TEAM}`)).said).toContain(event.id);
      expect(await ops(`parked redrive referrals team-directory team/${TEAM}`)).toMatchObject({ isWell: true });
      expect((await ops('parked list referrals')).said).toBe('Nothing is parked.');
      expect((await pools.worker.query('SELECT team_id FROM directory_team')).rows).toEqual([{ team_id: TEAM }]);
    });

    it('compares a projection with the log, and rebuilds it when the difference is accepted', async () => {
      expect(await ops('compare referrals team-directory')).toMatchObject({ isWell: true });
      await pools.worker.query('DELETE FROM team_directory_1.directory_team');
      expect(await ops('compare referrals team-directory')).toMatchObject({ isWell: false });
      const refused = await ops('rebuild referrals team-directory');
      expect(refused).toMatchObject({ isWell: false, said: expect.stringMatching(/directory_team +0 +1/) });
      expect((await pools.worker.query('SELECT FROM directory_team')).rows).toHaveLength(0);
      expect(await ops('rebuild referrals team-directory --accept')).toMatchObject({ isWell: true });
      expect((await pools.worker.query('SELECT FROM directory_team')).rows).toHaveLength(1);
    });
  });
});

describe.each(logsUnderTest())('ops log republish, from the %s log', (kind) => {
  let old: TestLog;
  let fresh: TestLog;
  beforeAll(async () => {
    old = await openTestLog(kind, ['people', 'referrals', 'flow', 'audit-heads'].map(topicOf));
    fresh = await openTestLog('postgres');
  });
  afterAll(() => Promise.all([old.close(), fresh.close()]));

  it('copies every event, each partition in its order, and refuses to do it twice', async () => {
    const teams = Array.from({ length: 20 }, () => uuidv7());
    const events = [1n, 2n, 3n].flatMap((sequence) => teams.map((team) => recordOf(opened(sequence, team))));
    await old.log.append(topicOf('flow'), events);
    process.env = { ...process.env, ...environmentOf(old.config), DATABASE_PASSWORD: testServer().password };
    const line = `log republish --from ${namedLog(old.config)} --to ${namedLog(fresh.config)}`;
    expect((await ops(line)).said).toContain(`homeward.flow: ${events.length} events`);
    const copied: LogRecord[] = [];
    await fresh.log.readAll(topicOf('flow'), async (records) => {
      for (const { partition, key, headers, value } of records) copied.push({ partition, key, headers, value });
    });
    const byPartition = (records: LogRecord[]) => [...records].sort((a, b) => a.partition - b.partition);
    expect(byPartition(copied)).toEqual(byPartition(events));
    await expect(ops(line)).rejects.toThrow('holds 60 events already');
  });
});
