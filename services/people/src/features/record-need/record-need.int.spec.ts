import { needEnded, needRecorded } from '@homeward/contracts';
import { Versioned } from '@homeward/http';
import { addDays, londonDate } from '@homeward/kernel';
import type { Principal } from '@homeward/persistence';
import { caller, commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { createPeople, PRACTICE, STRANGER, TRUST, type People } from '../../people.fixture';
import { CardsController } from '../cards/cards.http';
import { NeedsController } from '../needs/needs.http';
import { PersonController, type Person } from '../person/person.http';
import { SearchController } from '../search/search.http';

const TODAY = londonDate(new Date());
const WORDS = 'Big pictures, and somebody to read it with.';

let people: People;
beforeAll(async () => {
  people = await createPeople();
});
afterAll(() => people.drop());

const known = () => people.known({ nhsNumber: null, nhsNumberAbsentReason: 'not-known' });
const selfOf = (id: string) => caller({ organisation: `person/${id}`, sub: id, roles: ['person'] });
const needsOf = async (id: string, by: Principal = TRUST) =>
  (await new NeedsController(people.database).list(commandOf(by), id)).items;
async function seen(id: string, by: Principal = TRUST): Promise<Person & { version?: number }> {
  const answer = await new PersonController(people.database).get(commandOf(by), id);
  return answer instanceof Versioned ? { ...(answer.body as Person), version: answer.version } : answer;
}
const cardOf = async (id: string, by: Principal = TRUST) =>
  (await new CardsController(people.database).list(commandOf(by), { ids: [id] })).items[0];
const needIdOf = ({ body }: { body: Record<string, unknown> }): string => body['needId'] as string;
const told = async (id: string) =>
  (await people.published(id)).slice(1).map(({ type, payload }) => [type, JSON.parse(payload) as unknown]);

describe('what a person needs (AUD-05)', () => {
  it('is recorded with their words, and listed with its kind, to who supports them and to the person', async () => {
    const id = await known();
    expect(await needsOf(id)).toEqual([]);
    const outcome = await people.recordNeed(id, { code: 'easy-read', words: WORDS });
    expect(outcome).toMatchObject({ status: 201, location: `/people/${id}/needs`, body: { id, version: 2 } });
    const need = {
      ...{ id: needIdOf(outcome), kind: 'format', code: 'easy-read', language: null, words: WORDS, since: TODAY },
      ...{ reviewBy: expect.stringMatching(/^20/) as string, reviewDue: false, endedOn: null, endReason: null },
    };
    for (const by of [TRUST, selfOf(id)]) expect(await needsOf(id, by)).toEqual([need]);
  });

  it('stands in codes in every answer that shows the person, and never in words', async () => {
    const id = await known();
    await people.recordNeed(id, { code: 'interpreter', language: 'pl', words: WORDS });
    await people.recordNeed(id, { code: 'extra-time' });
    const needs = [{ code: 'extra-time' }, { code: 'interpreter', language: 'pl' }];
    for (const by of [TRUST, selfOf(id)]) {
      expect(await seen(id, by)).toMatchObject({ needs, version: 3 });
      expect(await cardOf(id, by)).toMatchObject({ needs });
    }
    const search = new SearchController(people.database);
    const { items } = await search.search(commandOf(TRUST), { familyName: 'Núñez-García', birthDate: '2001-02-03' });
    expect(items.find((card) => card.id === id)).toMatchObject({ needs });
    expect(JSON.stringify([await seen(id), items])).not.toContain(WORDS);
  });

  it('is nothing that who only registered them is shown, nor anybody else', async () => {
    const id = await known();
    const needId = needIdOf(await people.recordNeed(id, { code: 'easy-read' }));
    expect(await seen(id, PRACTICE)).not.toHaveProperty('needs');
    for (const by of [STRANGER, PRACTICE]) {
      await expect(needsOf(id, by)).rejects.toMatchObject({ name: 'NotFound' });
      await expect(people.recordNeed(id, { code: 'audio' }, by)).rejects.toMatchObject({ name: 'NotFound' });
      await expect(people.endNeed(id, needId, by)).rejects.toMatchObject({ name: 'NotFound' });
    }
    for (const organisation of ['RZ2', undefined])
      expect(await people.asApp(organisation, 'SELECT * FROM need')).toEqual([]);
  });

  it('is read by who broke the glass, who changes nothing', async () => {
    const id = await known();
    const needId = needIdOf(await people.recordNeed(id, { code: 'makaton' }));
    const doctor = caller({ organisation: 'RZ4', roles: ['coordinator'] });
    await people.relate(id, 'RZ4', 'break-glass', `practitioner/${doctor.sub}`);
    expect(await needsOf(id, doctor)).toHaveLength(1);
    expect(await seen(id, doctor)).toMatchObject({ needs: [{ code: 'makaton' }] });
    await expect(people.endNeed(id, needId, doctor)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('is published in codes, and not since when: that may be their birth date (DEC-35)', async () => {
    const id = await known();
    const since = '2001-02-03';
    const reviewBy = addDays(TODAY, 90);
    const needId = needIdOf(await people.recordNeed(id, { code: 'bsl', words: WORDS, since, reviewBy }));
    await people.endNeed(id, needId);
    const need = { needId, kind: 'communication', code: 'bsl', language: null };
    expect(await told(id)).toEqual([
      [needRecorded.type, { ...need, reviewBy }],
      [needEnded.type, { ...need, reasonCode: 'not-needed' }],
    ]);
  });
});

describe('a need that was to be looked at again (FLG-03)', () => {
  it('is said to be due wherever the person is shown, until it was', async () => {
    const id = await known();
    const needId = needIdOf(await people.recordNeed(id, { code: 'easy-read', words: WORDS, since: '2025-01-01' }));
    await people.asWorker(`UPDATE need SET review_by = $2 WHERE need_id = $1`, [needId, TODAY]);
    expect(await needsOf(id)).toMatchObject([{ id: needId, reviewDue: true }]);
    expect((await seen(id)).needs).toEqual([{ code: 'easy-read', reviewDue: true }]);
    expect(await cardOf(id)).toMatchObject({ needs: [{ code: 'easy-read', reviewDue: true }] });
    expect(needIdOf(await people.recordNeed(id, { code: 'easy-read' }))).toBe(needId);
    expect(await needsOf(id)).toMatchObject([{ id: needId, since: '2025-01-01', words: WORDS, reviewDue: false }]);
    expect((await seen(id)).needs).toEqual([{ code: 'easy-read' }]);
    const kept = `SELECT before #>> '{need,reviewBy}' AS was, sub FROM person_history WHERE person_id = $1 ORDER BY version`;
    expect(await people.asWorker(kept, [id])).toEqual([
      { was: null, sub: TRUST.sub },
      { was: TODAY, sub: TRUST.sub },
    ]);
  });
});

describe('a need that ended', () => {
  it('is shown beside the person no more, and in the list with its day', async () => {
    const id = await known();
    const needId = needIdOf(await people.recordNeed(id, { code: 'quiet-place' }));
    expect((await people.endNeed(id, needId)).body).toMatchObject({ id, version: 3, needId });
    expect((await seen(id)).needs).toEqual([]);
    expect(await needsOf(id)).toMatchObject([{ id: needId, endedOn: TODAY, endReason: 'not-needed' }]);
    await expect(people.endNeed(id, needId)).rejects.toMatchObject({ code: 'need-ended', kind: 'state' });
    expect(needIdOf(await people.recordNeed(id, { code: 'quiet-place' }))).not.toBe(needId);
  });

  it('is the person’s own: somebody else’s is not there', async () => {
    const [id, other] = [await known(), await known()];
    const needId = needIdOf(await people.recordNeed(other, { code: 'audio' }));
    for (const one of [needId, randomUUID()])
      await expect(people.endNeed(id, one)).rejects.toMatchObject({ name: 'NotFound' });
  });
});

it('told at once by two, it holds once (AUD-05)', async () => {
  const id = await known();
  const all = await Promise.all([1, 2, 3, 4].map(() => people.recordNeed(id, { code: 'audio' })));
  expect(new Set(all.map(needIdOf)).size).toBe(1);
  expect(await needsOf(id)).toHaveLength(1);
});

it('a need after a death is recorded, with a warning (DEC-01)', async () => {
  const id = await known();
  await people.recordDeath(id, { on: addDays(TODAY, -1) });
  const { body } = await people.recordNeed(id, { code: 'audio' });
  expect(body['warnings']).toMatchObject([{ code: 'after-death', rule: 'DEC-01' }]);
});
