import { Client } from 'pg';
import { createTestDatabase, logsUnderTest, testKafka, type TestDatabase } from './databases';

async function query<R>(config: ReturnType<TestDatabase['config']>, ...statements: string[]): Promise<R[]> {
  const client = new Client(config);
  await client.connect();
  try {
    let rows: R[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows as R[];
    return rows;
  } finally {
    await client.end();
  }
}

const TABLE = `
  CREATE TABLE visit (id int, organisation text);
  INSERT INTO visit VALUES (1, 'RXX');
  ALTER TABLE visit ENABLE ROW LEVEL SECURITY;
  ALTER TABLE visit FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON visit USING (organisation = current_setting('app.principal', true));
  GRANT SELECT, UPDATE ON visit TO people_app, people_worker`;

describe('a test database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('people', async (owner) => {
      await query(owner, TABLE);
    });
  });
  afterAll(() => database.drop());

  it('is PostgreSQL 18', async () => {
    const [row] = await query<{ server_version_num: string }>(database.config('app'), 'SHOW server_version_num');
    expect(Number(row?.server_version_num)).toBeGreaterThanOrEqual(180000);
  });

  it('hides rows from the app and the owner, and shows them to the worker', async () => {
    expect(await query(database.config('app'), 'SELECT * FROM visit')).toEqual([]);
    expect(await query(database.config('owner'), 'SELECT * FROM visit')).toEqual([]);
    expect(await query(database.config('worker'), 'SELECT * FROM visit')).toHaveLength(1);
  });

  it('lets the owner become the worker to touch rows, and only by saying so', async () => {
    const update = 'UPDATE visit SET id = 2 RETURNING id';
    expect(await query(database.config('owner'), update)).toEqual([]);
    expect(await query(database.config('owner'), 'BEGIN', 'SET LOCAL ROLE people_worker', update)).toEqual([{ id: 2 }]);
  });

  it('is closed to the roles of another service', async () => {
    const other = await createTestDatabase('referrals');
    await expect(query({ ...other.config('app'), database: database.name }, 'SELECT 1')).rejects.toThrow(
      'permission denied',
    );
    await other.drop();
  });

  it('can be made by several suites at the same moment', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => createTestDatabase('flow')));
    expect(new Set(made.map(({ name }) => name)).size).toBe(4);
    await Promise.all(made.map((one) => one.drop()));
  });
});

it('runs the event log suites on Kafka exactly when there is a broker', () => {
  expect(logsUnderTest()).toEqual(testKafka() === undefined ? ['postgres'] : ['postgres', 'kafka']);
});
