import { NotFound, foundationTables } from '@homeward/persistence';
import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import Fastify, { type FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Unavailable } from '../problem/problem';
import { PeopleClient } from './people-client';
import { PersonFacts, type Facts } from './person-facts';

class Begin1700000000000 {
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    for (const sql of foundationTables('referrals')) await runner.query(sql);
  }
  async down(): Promise<void> {}
}

const FACTS: Facts = { basis: 'both', responsibleIcb: 'QZ1', provisional: false, milestones: [] };
const context = commandOf(caller({ organisation: 'RZ1' }), {
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
});

let db: ServiceDatabase;
let people: FastifyInstance;
let facts: PersonFacts;
/** What people answers, and what it was asked with. */
let answer: { status: number; body: object };
let asked: Record<string, unknown>[];

beforeAll(async () => {
  db = await createServiceDatabase('referrals', [Begin1700000000000]);
  people = Fastify();
  people.get('/people/internal/:id/facts', (request, reply) => {
    asked.push(request.headers);
    const { id } = request.params as { id: string };
    return reply.code(answer.status).send({ id, ...answer.body });
  });
  await people.listen({ port: 0, host: '127.0.0.1' });
  facts = factsFrom(`http://127.0.0.1:${(people.server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await people.close();
  await db.drop();
});
beforeEach(() => {
  asked = [];
  answer = { status: 200, body: { ...FACTS, sequence: '3' } };
});

const factsFrom = (peopleUrl: string): PersonFacts =>
  new PersonFacts(db.pools.worker, new PeopleClient({ peopleUrl, token: () => Promise.resolve('own-token') }));
/** Nothing listens there. */
const whilePeopleIsDown = () => factsFrom('http://127.0.0.1:1');

it('asks once, in the service’s own name, with the caller’s correlation id and trace', async () => {
  const id = randomUUID();
  expect(await facts.of(id, context)).toEqual(FACTS);
  expect(await facts.of(id, context)).toEqual(FACTS);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    authorization: 'Bearer own-token',
    'x-correlation-id': context.correlationId,
    traceparent: context.traceparent,
  });
});

it('asks again after a change was heard of', async () => {
  const id = randomUUID();
  await facts.of(id, context);
  await facts.markStale([id]);
  answer.body = { ...FACTS, responsibleIcb: 'QZ2', sequence: '4' };
  expect(await facts.of(id, context)).toMatchObject({ responsibleIcb: 'QZ2' });
  expect(await facts.of(id, context)).toMatchObject({ responsibleIcb: 'QZ2' });
  expect(asked).toHaveLength(2);
});

it('an older answer changes nothing', async () => {
  const id = randomUUID();
  await facts.of(id, context);
  await facts.markStale([id]);
  answer.body = { ...FACTS, responsibleIcb: 'QZ9', sequence: '2' };
  expect(await facts.of(id, context)).toMatchObject({ responsibleIcb: 'QZ1' });
});

it('nobody’s id is not found', async () => {
  answer = { status: 404, body: {} };
  await expect(facts.of(randomUUID(), context)).rejects.toThrow(NotFound);
});

describe('while people is down', () => {
  it('known people work on, also those whose copy is stale', async () => {
    const id = randomUUID();
    await facts.of(id, context);
    expect(await whilePeopleIsDown().of(id, context)).toEqual(FACTS);
    await facts.markStale([id]);
    expect(await whilePeopleIsDown().of(id, context)).toEqual(FACTS);
  });

  it('an unknown id can be tried again later', async () => {
    await expect(whilePeopleIsDown().of(randomUUID(), context)).rejects.toThrow(Unavailable);
    answer = { status: 503, body: {} };
    await expect(facts.of(randomUUID(), context)).rejects.toThrow(Unavailable);
  });
});
