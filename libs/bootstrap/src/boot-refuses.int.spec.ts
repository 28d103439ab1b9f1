import { openPools, type MigrationClass } from '@homeward/persistence';
import { createTestDatabase, openTestLog, testServer, type TestLog } from '@homeward/testing';
import { GreetTeam, prepareService, tinyService } from '@homeward/testing/service';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { Client } from 'pg';
import type { ServiceConfig } from './config';
import { topicsFor } from './followers';
import { refuseSharedSegments } from './segments';
import type { ServiceDefinition } from './service-definition';
import { startService } from './start-service';

class Later1990000000000 {
  async up(): Promise<void> {}
  async down(): Promise<void> {}
}

@Injectable()
class GreetTeamAgain extends GreetTeam {
  override readonly name = 'greet-team-again' as 'greet-team';
}

@Module({ imports: [tinyService.module], providers: [GreetTeamAgain] })
class TwoReactions {}

@Controller('people')
class OfAnotherService {
  @Get()
  get(): object {
    return {};
  }
}

@Module({ imports: [tinyService.module], controllers: [OfAnotherService] })
class ForeignRoute {}

describe('a service does not boot', () => {
  let log: TestLog;
  let prepared: Awaited<ReturnType<typeof prepareService>>;
  beforeAll(async () => {
    log = await openTestLog('postgres', topicsFor('flow'));
    prepared = await prepareService(tinyService, { log: log.config });
  });
  afterAll(async () => {
    await prepared.drop();
    await log.close();
  });

  const refusal = async (change: Partial<ServiceDefinition>, config: Partial<ServiceConfig> = {}): Promise<string> => {
    try {
      const service = await startService({ ...tinyService, ...change }, { ...prepared.config, ...config });
      await service.stop();
      return 'it booted';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('when everything is right: it boots (or what follows would prove nothing)', async () => {
    expect(await refusal({})).toBe('it booted');
  });

  it('on a database that lacks a migration of its release', async () => {
    const migrations = [...tinyService.migrations, Later1990000000000 as unknown as MigrationClass];
    expect(await refusal({ migrations })).toMatch(/lacks Later1990000000000.*ops -- migrate/);
  });

  it('on a database that was never migrated', async () => {
    const empty = await createTestDatabase('flow');
    const database = { ...prepared.config.database, database: empty.name };
    expect(await refusal({}, { database })).toMatch(/lacks TinyTables1764000000001.*ops -- migrate/);
    await empty.drop();
  });

  it('on a projection whose tables were not made', async () => {
    const projection = {
      name: 'tiny',
      types: [],
      generation: 1,
      tables: ['t'],
      create: () => [],
      apply: async () => {},
    };
    expect(await refusal({ projections: [projection] })).toMatch(/tiny.*not installed/);
  });

  it('on a log that lacks a topic', async () => {
    const empty = await openTestLog('postgres');
    expect(await refusal({}, { eventLog: empty.config })).toMatch(/homeward\.\w+ has 0 partitions/);
    await empty.close();
  });

  it('on a topic with another number of partitions', async () => {
    const other = await openTestLog('postgres', topicsFor('flow'));
    const { host, port, user, password } = testServer();
    const database = 'database' in other.config ? other.config.database : undefined;
    const client = new Client({ host, port, user, password, database });
    await client.connect();
    await client.query(`DELETE FROM log_head WHERE topic = 'homeward.people' AND partition > 7`);
    await client.end();
    expect(await refusal({}, { eventLog: other.config })).toMatch(/homeward\.people.*8|8.*homeward\.people/);
    await other.close();
  });

  it('with two reactions on one type', async () => {
    expect(await refusal({ module: TwoReactions, reactions: [GreetTeam, GreetTeamAgain] })).toMatch(
      /homeward\.flow\.team\.opened\.v1/,
    );
  });

  it('with a route outside its own segments, which the gateway would send elsewhere', async () => {
    expect(await refusal({ module: ForeignRoute })).toMatch(/\/people/);
  });

  it('and leaves no connection open', async () => {
    await refusal({ module: ForeignRoute });
    const pools = openPools(prepared.config.database);
    const { rows } = await pools.worker.query(
      'SELECT usename FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await pools.end();
    expect(rows).toEqual([]);
  });
});

it('two services may not claim one segment', () => {
  const people = { name: 'people', segments: ['people'] };
  expect(() => refuseSharedSegments([people, { name: 'flow', segments: ['teams'] }])).not.toThrow();
  expect(() => refuseSharedSegments([people, { name: 'flow', segments: ['teams', 'people'] }])).toThrow(
    /people and flow claim \/people/,
  );
});
