import { needRecorded, personAliasAdded, personFactsChanged, personMerged } from '@homeward/contracts';
import { Versioned } from '@homeward/http';
import type { Principal } from '@homeward/persistence';
import { caller, commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { OTHER_NUMBER } from '../../domain/person.fixtures';
import { createPeople, PRACTICE, STRANGER, TRUST, type People } from '../../people.fixture';
import { registered } from '../../registered.fixtures';
import { CardsController } from '../cards/cards.http';
import { FactsController } from '../facts/facts.http';
import { HomesController } from '../homes/homes.http';
import { NeedsController } from '../needs/needs.http';
import { PersonController, type Person } from '../person/person.http';
import { SearchController, type SearchBody } from '../search/search.http';

const LEAD_OF_OLD = caller({ organisation: 'RZ8', roles: ['team-lead'] });
const LEAD_OF_SURVIVOR = caller({ organisation: 'RZ9', roles: ['team-lead'] });
const BORN = '2001-03-02';

let people: People;
/** The survivor has the number; the old id was registered with it and a mistyped birth date. */
let survivor: string;
let old: string;
beforeEach(async () => {
  people = await createPeople();
  survivor = await people.known();
  old = await people.known({ birthDate: BORN, givenName: 'Eda' });
  await people.relate(old, 'RZ8');
  await people.relate(survivor, 'RZ9');
});
afterEach(() => people.drop());

async function seen(id: string, by: Principal = TRUST): Promise<Person & { version?: number }> {
  const answer = await new PersonController(people.database).get(commandOf(by), id);
  return answer instanceof Versioned ? { ...(answer.body as Person), version: answer.version } : answer;
}
const cards = async (ids: string[], by = TRUST) =>
  (await new CardsController(people.database).list(commandOf(by), { ids })).items;
const found = async (body: SearchBody, by = TRUST) =>
  (await new SearchController(people.database).search(commandOf(by), body)).items.map(({ id }) => id);
const facts = (id: string) =>
  new FactsController(people.database).get(commandOf(caller({ organisation: 'flow', roles: ['service'] })), id);
const typesOf = async (id: string) => (await people.published(id)).map(({ type }) => type);

describe('a merge', () => {
  it('is the last event of the old id, and tells the survivor of it in the same write', async () => {
    const { body } = await people.merge(old, survivor);
    const links = { self: `/people/${old}`, mergedInto: `/people/${survivor}` };
    expect(body).toEqual({ id: old, version: 2, status: 'merged', links });
    const [last, told] = [(await people.published(old)).at(-1), (await people.published(survivor)).at(-1)];
    expect([last?.type, JSON.parse(last?.payload ?? '')]).toEqual([personMerged.type, { survivorId: survivor }]);
    expect([told?.type, JSON.parse(told?.payload ?? '')]).toEqual([personAliasAdded.type, { aliasId: old }]);
    await people.correct(old, { givenName: 'Adah' }, TRUST, await people.versionOf(survivor));
    await people.beginHome(old, { from: '2026-01-01' });
    await registered(people.database, commandOf(PRACTICE), { birthDate: BORN });
    await people.recordDeath(old, {});
    expect((await typesOf(old)).at(-1)).toBe(personMerged.type);
    expect((await typesOf(survivor)).slice(-4)).toEqual([
      personFactsChanged.type,
      personFactsChanged.type,
      'homeward.people.person.registered.v1',
      'homeward.people.person.died.v1',
    ]);
  });

  it('leaves each row under its own id, and settles who this is', async () => {
    const before = await people.asWorker('SELECT person_id, birth_date FROM registration ORDER BY registration_id');
    await people.merge(old, survivor);
    expect(await people.asWorker('SELECT person_id, birth_date FROM registration ORDER BY registration_id')).toEqual(
      before,
    );
    expect(await people.asWorker('SELECT FROM identity_question WHERE settled_at IS NULL')).toEqual([]);
  });

  it('makes a provisional survivor the settled one, also of the same birth date', async () => {
    await people.merge(survivor, old);
    expect(await seen(old)).toMatchObject({ provisional: false, birthDate: BORN });
    await people.correct(old, { birthDate: '2001-02-03' });
    expect(await registered(people.database, commandOf(PRACTICE))).toBe(old);
    expect(await registered(people.database, commandOf(PRACTICE), { birthDate: BORN })).toBe(
      await registered(people.database, commandOf(PRACTICE), { birthDate: BORN }),
    );
  });

  it('gives the survivor a version above both, so that none read before is taken for it', async () => {
    for (const givenName of ['One', 'Two', 'Three']) await people.correct(old, { givenName });
    await people.merge(old, survivor);
    expect(await people.versionOf(survivor)).toBe(5);
    await expect(people.correct(old, { givenName: 'Four' }, TRUST, 4)).rejects.toMatchObject({ current: 5 });
  });
});

describe('what the old one needs, after a merge (AUD-05)', () => {
  const needs = async (id: string, by: Principal) =>
    (await new NeedsController(people.database).list(commandOf(by), id)).items.map(({ code, words }) => [code, words]);

  it('the survivor needs, under either id and to who had a right to one of them, in the words that there are', async () => {
    await people.recordNeed(old, { code: 'easy-read', words: 'Big pictures.' });
    await people.recordNeed(old, { code: 'audio', words: 'Not too loud.' });
    await people.recordNeed(survivor, { code: 'audio' });
    await people.recordNeed(survivor, { code: 'makaton' });
    await people.merge(old, survivor);
    const all = [
      ['audio', 'Not too loud.'],
      ['easy-read', 'Big pictures.'],
      ['makaton', null],
    ];
    for (const by of [TRUST, LEAD_OF_OLD, LEAD_OF_SURVIVOR]) {
      for (const id of [old, survivor]) {
        expect((await needs(id, by)).sort()).toEqual(all);
        expect((await seen(id, by)).needs?.map(({ code }) => code)).toEqual(['audio', 'easy-read', 'makaton']);
      }
    }
    expect(await people.asWorker('SELECT code FROM need WHERE person_id = $1 ORDER BY 1', [old])).toEqual([
      { code: 'audio' },
      { code: 'easy-read' },
    ]);
    expect((await typesOf(survivor)).slice(-3)).toEqual([personAliasAdded.type, needRecorded.type, needRecorded.type]);
  });
});

describe('the old id afterwards', () => {
  beforeEach(() => people.merge(old, survivor));

  it('answers with the survivor: the person, the homes, the card, the facts', async () => {
    const person = await seen(survivor);
    expect(await seen(old)).toEqual({ ...person, id: old, mergedInto: survivor });
    expect(person).not.toHaveProperty('mergedInto');
    const homes = new HomesController(people.database);
    expect(await homes.list(commandOf(TRUST), old)).toEqual(await homes.list(commandOf(TRUST), survivor));
    expect(await cards([old, survivor])).toEqual([
      expect.objectContaining({ id: old, givenName: 'Ada', mergedInto: survivor }),
      expect.objectContaining({ id: survivor, givenName: 'Ada' }),
    ]);
    expect(await facts(old)).toEqual({ ...(await facts(survivor)), id: old, mergedInto: survivor, sequence: '2' });
  });

  it('gives who had a right to it the survivor, and nobody else', async () => {
    expect(await seen(old, LEAD_OF_OLD)).toMatchObject({ givenName: 'Ada', mergedInto: survivor });
    expect(await seen(survivor, LEAD_OF_OLD)).toMatchObject({ givenName: 'Ada' });
    expect(await seen(old, LEAD_OF_SURVIVOR)).toMatchObject({ givenName: 'Ada', mergedInto: survivor });
    await expect(seen(old, STRANGER)).rejects.toMatchObject({ name: 'NotFound' });
    expect(await cards([old, survivor], STRANGER)).toEqual([]);
    const self = caller({ organisation: `person/${old}`, sub: old, roles: ['person'] });
    expect(await seen(old, self)).toMatchObject({ mergedInto: survivor });
  });

  it('shows who only registered it what they sent, and no more', async () => {
    expect(await seen(old, PRACTICE)).toEqual(
      expect.not.objectContaining({ mergedInto: expect.anything() as unknown, version: expect.anything() as unknown }),
    );
    expect(await seen(old, PRACTICE)).toMatchObject({ id: old, givenName: 'Eda', birthDate: BORN });
  });

  it('is found once, by what either id was known by', async () => {
    expect(await found({ nhsNumber: '9990010005' })).toEqual([survivor]);
    expect(await found({ familyName: 'Núñez-García', birthDate: BORN })).toEqual([survivor]);
    expect(await found({ familyName: 'Núñez-García', birthDate: BORN }, LEAD_OF_OLD)).toEqual([survivor]);
    expect(await found({ familyName: 'Núñez-García', birthDate: BORN }, STRANGER)).toEqual([]);
  });

  it('is a second wall, too: each sees what they had a right to, and the survivor', async () => {
    const ids = (rows: unknown[]) => (rows as { person_id: string }[]).map(({ person_id }) => person_id).sort();
    expect(ids(await people.asApp('RZ8', 'SELECT person_id FROM person'))).toEqual([old, survivor].sort());
    expect(ids(await people.asApp('RZ9', 'SELECT person_id FROM person'))).toEqual([survivor]);
    for (const table of ['person', 'home', 'person_alias']) {
      expect(await people.asApp('RZ2', `SELECT * FROM ${table}`)).toEqual([]);
      expect(await people.asApp(undefined, `SELECT * FROM ${table}`)).toEqual([]);
    }
  });
});

describe('a survivor that is merged itself', () => {
  it('takes its aliases along: each stays one step away, and the last survivor is told of all', async () => {
    const third = await people.known({ nhsNumber: OTHER_NUMBER });
    await people.merge(old, survivor);
    await people.merge(survivor, third);
    expect(await seen(old)).toMatchObject({ nhsNumber: OTHER_NUMBER, mergedInto: third });
    const told = (await people.published(third)).filter(({ type }) => type === personAliasAdded.type);
    expect(told.map(({ payload }) => JSON.parse(payload) as unknown)).toEqual([
      { aliasId: survivor },
      { aliasId: old },
    ]);
    expect(await seen(third, LEAD_OF_OLD)).toMatchObject({ nhsNumber: OTHER_NUMBER });
  });
});

describe('a merge is refused, and changes nothing', () => {
  const unchanged = async (attempt: () => Promise<unknown>, error: object) => {
    const before = await people.asWorker('SELECT * FROM person ORDER BY person_id');
    await expect(attempt()).rejects.toMatchObject(error);
    expect(await people.asWorker('SELECT * FROM person ORDER BY person_id')).toEqual(before);
  };

  it('into itself', () => unchanged(() => people.merge(old, old), { code: 'merge-into-itself' }));

  it('a second time, and into what was merged', async () => {
    const third = await people.known({ nhsNumber: OTHER_NUMBER });
    await people.merge(old, survivor);
    await unchanged(() => people.merge(old, survivor), { code: 'already-merged', kind: 'state' });
    await unchanged(() => people.merge(third, old), { code: 'survivor-merged', kind: 'state' });
  });

  it('when one of the two died', async () => {
    await people.recordDeath(old, {});
    await unchanged(() => people.merge(old, survivor), { code: 'merge-after-death' });
    await unchanged(() => people.merge(survivor, old), { code: 'merge-after-death' });
  });

  it('to who has a right to one of the two only, or for an id that nobody has', async () => {
    await people.relate(old, 'RZ2');
    for (const [from, to] of [
      [old, survivor],
      [survivor, old],
      [old, randomUUID()],
    ] as const) {
      await unchanged(() => people.merge(from, to, STRANGER), { name: 'NotFound' });
    }
  });

  it('both ways at once: one of them is done, without a deadlock', async () => {
    const done = await Promise.allSettled([people.merge(old, survivor), people.merge(survivor, old)]);
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await people.asWorker('SELECT FROM person_alias')).toHaveLength(1);
  });
});
