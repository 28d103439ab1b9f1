import { personErased } from '@homeward/contracts';
import type { RequestContext } from '@homeward/persistence';
import { commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { PeopleKeys } from '../../adapters/people-keys';
import { OTHER_NUMBER } from '../../domain/person.fixtures';
import { createPeople, PRACTICE, STRANGER, TRUST, type People } from '../../people.fixture';
import { registered } from '../../registered.fixtures';
import { BreakGlassHandler } from '../break-glass/break-glass';
import { FactsController } from '../facts/facts.http';
import { PersonController } from '../person/person.http';
import { RegisterPerson } from '../register-person/register-person';
import { ReviewBreakGlass } from '../review-break-glass/review-break-glass';
import { ErasePerson } from './erase-person';

const APPROVED = randomUUID();
const KEYS = new PeopleKeys('a key of the tests');

let service: People;
let eraser: ErasePerson;
beforeEach(async () => {
  service = await createPeople();
  eraser = new ErasePerson(service.database, service.pools.worker, KEYS);
});
afterEach(() => service.drop());

const operator = () =>
  commandOf(
    { organisation: 'people', sub: APPROVED, teams: [], roles: ['operator'], purpose: 'erasure/ordered' },
    { idempotency: undefined },
  );
const erase = (id: string) => eraser.erase(operator(), id, 'ordered');
const read = (id: string, by: RequestContext) => new PersonController(service.database).get(by, id);
const rowsOf = async (table: string, ids: string[]) =>
  (await service.asWorker(`SELECT FROM ${table} WHERE person_id = ANY ($1)`, [ids])).length;

/** Two who were found to be one, with everything that is kept of somebody. */
async function merged(): Promise<{ id: string; old: string }> {
  const [id, old] = [await service.known(), await service.known({ nhsNumber: OTHER_NUMBER })];
  await service.correct(id, { givenName: 'Adah' });
  await service.beginHome(id, {});
  await service.recordNeed(id, { code: 'easy-read', words: 'Big pictures.' });
  await service.recordNeed(old, { code: 'audio' });
  for (const one of [id, old]) await service.recordContact(one);
  for (const one of [id, old]) await service.recordConsent(one);
  await service.merge(old, id);
  return { id, old };
}

describe('somebody is erased', () => {
  it('under each of their ids, and nothing but the ids is left (AUD-09)', async () => {
    const { id, old } = await merged();
    const before = await service.published(id);
    expect((await erase(old)).body).toEqual({ id, status: 'erased' });
    const tables = [
      'person',
      'home',
      'need',
      'contact',
      'consent',
      'registration',
      'person_history',
      'identity_question',
    ];
    for (const table of tables) {
      expect([table, await rowsOf(table, [id, old])]).toEqual([table, 0]);
    }
    expect(await eraser.standing(old)).toEqual({
      ids: expect.arrayContaining([id, old]) as string[],
      erasedAt: expect.any(Date) as Date,
    });
    const published = (await service.published(id)).slice(before.length);
    expect(published.map(({ type, payload }) => [type, JSON.parse(payload) as unknown])).toEqual([
      [personErased.type, { reasonCode: 'ordered', aliasIds: [old] }],
    ]);
  });

  it('and the audit says who approved it, and why', async () => {
    const { id, old } = await merged();
    await erase(id);
    expect(
      await service.asWorker(`SELECT sub, purpose, outcome, person_ids FROM audit WHERE sub = $1`, [APPROVED]),
    ).toEqual([{ sub: APPROVED, purpose: 'erasure/ordered', outcome: 'done', person_ids: [id, old] }]);
  });

  it('and nobody can ask any more, with the key, whether their numbers were here', async () => {
    const { id } = await merged();
    const locks = [KEYS.lockOf('9990010005', ''), KEYS.lockOf(OTHER_NUMBER, '')];
    const kept = () => service.asWorker('SELECT FROM stream WHERE key = ANY ($1)', [locks]);
    expect(await kept()).toHaveLength(2);
    await erase(id);
    expect(await kept()).toEqual([]);
  });

  it('and nobody else', async () => {
    const [id, other] = [await service.known(), await service.known({ nhsNumber: OTHER_NUMBER })];
    const whole = () =>
      service.asWorker('SELECT * FROM person JOIN home USING (person_id) WHERE person_id = $1', [other]);
    const before = await whole();
    await erase(id);
    expect(await whole()).toEqual(before);
    expect(await rowsOf('registration', [other])).toBe(1);
  });

  it('and with the same number they are somebody new', async () => {
    const id = await service.known();
    await erase(id);
    const again = await service.known();
    expect(again).not.toBe(id);
    expect(await rowsOf('person', [again])).toBe(1);
  });

  it('while they are registered again: one of the two is first, and nothing is left of who was erased', async () => {
    const id = await service.known();
    const [, again] = await Promise.all([erase(id), registered(service.database, commandOf(PRACTICE))]);
    const left = await service.asWorker<{ person_id: string }>('SELECT person_id FROM registration');
    expect(left.map(({ person_id }) => person_id)).toEqual(again === id ? [] : [again]);
    expect(await rowsOf('person', [id])).toBe(0);
  });
});

describe('who was erased', () => {
  it('is 410 to who could read them, under the ids that they could read, and 404 to everybody else', async () => {
    const { id, old } = await merged();
    await erase(id);
    for (const by of [TRUST, PRACTICE]) {
      for (const asked of [id, old]) await expect(read(asked, commandOf(by))).rejects.toMatchObject({ code: 'erased' });
    }
    for (const [asked, by] of [
      [id, STRANGER],
      [randomUUID(), TRUST],
    ] as const) {
      await expect(read(asked, commandOf(by))).rejects.toMatchObject({ name: 'NotFound' });
    }
  });

  it('is said to be erased to a service that asks for facts', async () => {
    const { id, old } = await merged();
    await erase(id);
    const facts = new FactsController(service.database);
    for (const asked of [id, old])
      await expect(facts.get(commandOf(TRUST), asked)).rejects.toMatchObject({ code: 'erased' });
    await expect(facts.get(commandOf(TRUST), randomUUID())).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('is changed by no command, and nobody breaks the glass for them', async () => {
    const { id } = await merged();
    const other = await service.known({ nhsNumber: '9990010021' });
    await erase(id);
    const look = { id: randomUUID(), reasonCode: 'risk-to-life' as const };
    for (const command of [
      () => service.correct(id, { givenName: 'Late' }, TRUST, 3),
      () => service.beginHome(id, {}),
      () => service.recordDeath(id, {}),
      () => service.recordNeed(id, { code: 'audio' }),
      () => service.merge(other, id),
      () => new BreakGlassHandler(service.database).look(commandOf(TRUST), id, look),
      () => erase(id),
    ]) {
      await expect(command()).rejects.toMatchObject({ name: 'NotFound' });
    }
  });

  it('does not come back when the registration is sent again', async () => {
    const context = commandOf(PRACTICE);
    const id = await registered(service.database, context);
    await erase(id);
    const details = { nhsNumber: null } as never;
    const sent = { requestId: randomUUID(), registrationId: randomUUID(), newPersonId: randomUUID() };
    const again = await new RegisterPerson(service.database, KEYS).register(context, {
      ...sent,
      organisation: 'A99001',
      details,
    });
    expect(again).toMatchObject({ replay: true, body: { id } });
    expect(await rowsOf('person', [id])).toBe(0);
  });
});

describe('words of a look by break-glass', () => {
  const lookAt = async (personId: string): Promise<string> => {
    const id = randomUUID();
    const asked = { id, reasonCode: 'other' as const, words: 'They did not open the door.' };
    await new BreakGlassHandler(service.database).look(commandOf(STRANGER), personId, asked);
    return id;
  };

  it('are still to be written while it waits for its review, and nothing is erased', async () => {
    const id = await service.known();
    await lookAt(id);
    await expect(erase(id)).rejects.toMatchObject({ code: 'look-to-review' });
    expect(await rowsOf('person', [id])).toBe(1);
  });

  it('go, and who looked and how it was judged stays', async () => {
    const id = await service.known();
    const look = await lookAt(id);
    const reviewer = { ...STRANGER, sub: randomUUID() };
    const judged = { outcome: 'justified' as const, words: 'They were ill.' };
    await new ReviewBreakGlass(service.database).review(commandOf(reviewer), look, judged);
    await erase(id);
    expect(
      await service.asWorker(
        'SELECT person_id, practitioner_id, reason_code, outcome, words, review_words FROM break_glass',
      ),
    ).toEqual([
      {
        ...{ person_id: id, practitioner_id: STRANGER.sub, reason_code: 'other', outcome: 'justified' },
        ...{ words: null, review_words: null },
      },
    ]);
  });
});
