import { londonDate } from '@homeward/kernel';
import { eraseCopiedFacts, NotFound, foundationTables } from '@homeward/persistence';
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
/** What it answers of one id alone. */
const answers = new Map<string, object>();
/** What happens while it is asked. */
let meanwhile: () => Promise<void>;

beforeAll(async () => {
  db = await createServiceDatabase('referrals', [Begin1700000000000]);
  people = Fastify();
  people.get('/people/internal/:id/facts', async (request, reply) => {
    asked.push(request.headers);
    await meanwhile();
    const { id } = request.params as { id: string };
    return reply.code(answer.status).send({ id, ...(answers.get(id) ?? answer.body) });
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
  meanwhile = () => Promise.resolve();
  answer = { status: 200, body: { ...FACTS, sequence: '3' } };
});

const factsFrom = (peopleUrl: string): PersonFacts =>
  new PersonFacts(
    db.pools.worker,
    new PeopleClient({ peopleUrl, token: () => Promise.resolve('own-token') }),
    'referrals',
  );
/** The service's reader has taken what people said of a person, up to here. */
const taken = (id: string, sequence: number) =>
  db.asWorker(
    `INSERT INTO inbox VALUES ('homeward.referrals', '/homeward/people', 'person/' || $1, $2)
      ON CONFLICT (reader, source, stream) DO UPDATE SET last_sequence = excluded.last_sequence`,
    [id, sequence],
  );
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

it('asks again once it has taken a later event of the person', async () => {
  const id = randomUUID();
  await facts.of(id, context);
  await taken(id, 3);
  await facts.of(id, context);
  expect(asked).toHaveLength(1);
  await taken(id, 4);
  answer.body = { ...FACTS, responsibleIcb: 'QZ2', sequence: '4' };
  expect(await facts.of(id, context)).toMatchObject({ responsibleIcb: 'QZ2' });
  expect(await facts.of(id, context)).toMatchObject({ responsibleIcb: 'QZ2' });
  expect(asked).toHaveLength(2);
});

it('an answer that was overtaken by its event is not kept for good', async () => {
  const id = randomUUID();
  await taken(id, 4);
  expect(await facts.of(id, context)).toMatchObject({ responsibleIcb: 'QZ1' });
  answer.body = { ...FACTS, responsibleIcb: 'QZ2', sequence: '4' };
  expect(await facts.of(id, context)).toMatchObject({ responsibleIcb: 'QZ2' });
});

it('an older answer changes nothing', async () => {
  const id = randomUUID();
  await facts.of(id, context);
  await taken(id, 4);
  answer.body = { ...FACTS, responsibleIcb: 'QZ9', sequence: '2' };
  expect(await facts.of(id, context)).toMatchObject({ responsibleIcb: 'QZ1' });
});

it('asks again from the day on which they change without an event', async () => {
  const [id, other] = [randomUUID(), randomUUID()];
  const today = londonDate(new Date());
  answer.body = { ...FACTS, changesOn: today, sequence: '3' };
  await facts.of(id, context);
  answer.body = { ...FACTS, responsibleIcb: 'QZ2', changesOn: '2199-01-01', sequence: '3' };
  expect(await facts.of(id, context)).toMatchObject({ responsibleIcb: 'QZ2' });
  await facts.of(id, context);
  await facts.of(other, context);
  await facts.of(other, context);
  expect(asked).toHaveLength(3);
});

it('an id that was merged has the facts of whom it means, also after those changed', async () => {
  const [old, survivor] = [randomUUID(), randomUUID()];
  answers.set(old, { ...FACTS, mergedInto: survivor, sequence: '7' });
  expect(await facts.of(old, context)).toEqual(FACTS);
  answers.set(survivor, { ...FACTS, responsibleIcb: 'QZ2', sequence: '4' });
  await taken(survivor, 4);
  expect(await facts.of(old, context)).toMatchObject({ responsibleIcb: 'QZ2' });
  expect(await facts.of(old, context)).toMatchObject({ responsibleIcb: 'QZ2' });
  expect(asked).toHaveLength(3);
});

it('nobody’s id is not found', async () => {
  answer = { status: 404, body: {} };
  await expect(facts.of(randomUUID(), context)).rejects.toThrow(NotFound);
});

describe('somebody who was erased', () => {
  const erased = async (...ids: string[]) => {
    const { text, values } = eraseCopiedFacts(ids);
    await db.asWorker(text, values);
  };

  it('is not found, whatever was known of them, and people is not asked', async () => {
    const [known, unknown] = [randomUUID(), randomUUID()];
    await facts.of(known, context);
    await erased(known, unknown);
    await taken(known, 9);
    asked = [];
    for (const id of [known, unknown]) await expect(facts.of(id, context)).rejects.toThrow(NotFound);
    await expect(whilePeopleIsDown().of(known, context)).rejects.toThrow(NotFound);
    expect(asked).toEqual([]);
  });

  it('does not come back by an answer that was on its way', async () => {
    const id = randomUUID();
    answer.body = { ...FACTS, sequence: '99' };
    meanwhile = () => erased(id);
    await expect(facts.of(id, context)).rejects.toThrow(NotFound);
    const [kept] = await db.asWorker<{ facts: object }>('SELECT facts FROM person_copy WHERE person_id = $1', [id]);
    expect(kept).toEqual({ facts: { erased: true } });
  });

  it('is not found before this service has heard of it, too', async () => {
    answer = { status: 410, body: {} };
    await expect(facts.of(randomUUID(), context)).rejects.toThrow(NotFound);
  });
});

describe('while people is down', () => {
  it('known people work on, also those whose copy is stale', async () => {
    const id = randomUUID();
    await facts.of(id, context);
    expect(await whilePeopleIsDown().of(id, context)).toEqual(FACTS);
    await taken(id, 4);
    expect(await whilePeopleIsDown().of(id, context)).toEqual(FACTS);
  });

  it('an unknown id can be tried again later', async () => {
    await expect(whilePeopleIsDown().of(randomUUID(), context)).rejects.toThrow(Unavailable);
    answer = { status: 503, body: {} };
    await expect(facts.of(randomUUID(), context)).rejects.toThrow(Unavailable);
  });
});
