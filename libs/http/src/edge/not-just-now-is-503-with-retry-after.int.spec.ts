import { testServer } from '@homeward/testing';
import { Client } from 'pg';
import { startEdge, type Edge } from './edge.fixture';

let edge: Edge;
let superuser: Client;
let database: string;
beforeAll(async () => {
  edge = await startEdge();
  const [row] = await edge.db.asWorker<{ name: string }>('SELECT current_database() AS name');
  database = String(row?.name);
  superuser = new Client({ ...testServer(), database: 'postgres' });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await edge.close();
});

const plan = () => edge.send('POST', '/visits', { payload: { what: 'A visit', hours: 2 } });

it('while somebody else holds the stream', async () => {
  await plan();
  const other = await edge.db.pools.worker.connect();
  await other.query('BEGIN');
  await other.query(`SELECT FROM stream WHERE key = 'organisation/RZ1' FOR UPDATE`);
  const answer = await plan();
  await other.query('ROLLBACK');
  other.release();
  expect([answer.status, answer.body['code'], answer.headers['retry-after']]).toEqual([503, 'busy', '1']);
  expect((await plan()).status).toBe(201);
});

it('while the database is away, whatever was asked', async () => {
  await superuser.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
  await superuser.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [database]);
  const unauthorised = { headers: { authorization: 'Bearer RZ1/referrer' } };
  const answers = [await plan(), await edge.send('GET', '/visits'), await edge.send('GET', '/visits', unauthorised)];
  await superuser.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
  for (const { status, body, headers } of answers) {
    expect([status, body['code'], headers['retry-after']]).toEqual([503, 'unavailable', '5']);
  }
  expect((await plan()).status).toBe(201);
});
