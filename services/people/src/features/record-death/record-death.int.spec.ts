import { personDied } from '@homeward/contracts';
import { addDays, instantOf, londonDate } from '@homeward/kernel';
import { createPeople, STRANGER, type People } from '../../people.fixture';
import { diedAt } from './record-death';

const TODAY = londonDate(new Date());

let people: People;
beforeAll(async () => {
  people = await createPeople();
});
afterAll(() => people.drop());

const somebody = () => people.known({ nhsNumber: null, nhsNumberAbsentReason: 'not-known' });
const toldOf = async (id: string) =>
  (await people.published(id))
    .filter(({ type }) => type === personDied.type)
    .map(({ headers, payload }) => {
      const { ce_id, ce_occurredat, ce_corrects } = JSON.parse(headers) as Record<string, string>;
      return { id: ce_id, occurredat: ce_occurredat, corrects: ce_corrects, payload };
    });

describe('a death', () => {
  it('is told by its day or its instant, late, and says nothing else', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const { body } = await people.recordDeath(one, { on: '2026-01-31' });
    expect(body).toEqual({ id: one, version: 2, status: 'died', links: { self: `/people/${one}` } });
    const at = instantOf(new Date(Date.now() - 60_000));
    await people.recordDeath(other, diedAt(at));
    expect(await toldOf(one)).toMatchObject([{ occurredat: '2026-01-31', payload: '{}' }]);
    expect(await toldOf(other)).toMatchObject([{ occurredat: at, payload: '{}' }]);
  });

  it('told otherwise later corrects what was told before, and what was before is kept (DEC-01)', async () => {
    const id = await somebody();
    await people.recordDeath(id, { on: '2026-01-31' });
    await people.recordDeath(id, { on: '2026-02-01' });
    await people.recordDeath(id, diedAt('2026-02-01T03:00:00.000000Z'));
    const [first, second, third] = await toldOf(id);
    expect(first?.corrects).toBeUndefined();
    expect([second?.corrects, third?.corrects]).toEqual([first?.id, second?.id]);
    const kept = await people.asWorker(
      `SELECT before #>> '{death,on}' AS was FROM person_history WHERE person_id = $1 ORDER BY version`,
      [id],
    );
    expect(kept).toEqual([{ was: null }, { was: '2026-01-31' }, { was: '2026-02-01' }]);
  });

  it('told again as it stands publishes nothing', async () => {
    const id = await somebody();
    await people.recordDeath(id, {});
    const again = await people.recordDeath(id, {});
    expect(again.body).toMatchObject({ status: 'died', version: 2 });
    expect(await toldOf(id)).toHaveLength(1);
  });

  it.each([
    ['a day to come', { on: addDays(TODAY, 1) }],
    ['an instant to come', diedAt(instantOf(new Date(Date.now() + 60_000)))],
    ['no day of the calendar', { on: '2026-02-30' }],
  ])('is not %s', async (_, died) => {
    const id = await somebody();
    await expect(people.recordDeath(id, died)).rejects.toMatchObject({ code: 'death-in-future', kind: 'rule' });
    expect(await toldOf(id)).toEqual([]);
  });

  it('stops no fact and no correction that comes after it: a home gets a warning', async () => {
    const id = await somebody();
    await people.recordDeath(id, { on: '2026-01-31' });
    const { body } = await people.beginHome(id, { from: '2026-02-01' });
    expect(body).toMatchObject({ status: 'died', warnings: [{ code: 'after-death', rule: 'DEC-01' }] });
    expect((await people.correct(id, { givenName: 'Adah' })).body).toMatchObject({ status: 'died' });
    const before = await people.recordDeath(id, { on: '1999-01-01' });
    expect(before.body).toMatchObject({ warnings: [{ code: 'death-before-birth' }] });
  });

  it('of somebody else’s person: there is no such person', async () => {
    await expect(people.recordDeath(await somebody(), {}, STRANGER)).rejects.toMatchObject({ name: 'NotFound' });
  });
});
