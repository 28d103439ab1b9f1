import { personFactsChanged } from '@homeward/contracts';
import { addDays, londonDate } from '@homeward/kernel';
import { caller, commandOf } from '@homeward/testing';
import { createPeople, PRACTICE, STRANGER, TRUST, type People } from '../../people.fixture';
import { FactsController } from '../facts/facts.http';
import { HomesController } from '../homes/homes.http';

const TODAY = londonDate(new Date());
const day = (offset: number) => addDays(TODAY, offset);

let people: People;
beforeAll(async () => {
  people = await createPeople();
});
afterAll(() => people.drop());

const stranger = () => people.known({ nhsNumber: null, nhsNumberAbsentReason: 'not-known' });
const homesOf = async (id: string, by = TRUST) =>
  (await new HomesController(people.database).list(commandOf(by), id)).items;
const spans = async (id: string) => (await homesOf(id)).map(({ from, until, postcode }) => [from, until, postcode]);
const factsOf = (id: string) =>
  new FactsController(people.database).get(commandOf(caller({ organisation: 'referrals', roles: ['service'] })), id);

describe('homes', () => {
  it('begin with the one of the registration, on its day', async () => {
    const id = await stranger();
    expect(await homesOf(id)).toEqual([
      { from: TODAY, until: null, lines: ['1 Long Row'], postcode: 'LS1 1AA', responsibleIcb: 'QZ1' },
    ]);
  });

  it('follow each other without gap, however late and in whatever order they are told', async () => {
    const id = await stranger();
    await people.beginHome(id, { from: day(30), postcode: 'm1 1aa' });
    await people.beginHome(id, { from: day(-400), postcode: 'EH1 1AA' });
    await people.beginHome(id, { from: day(10), postcode: 'N1 1AA' });
    expect(await spans(id)).toEqual([
      [day(-400), TODAY, 'EH1 1AA'],
      [TODAY, day(10), 'LS1 1AA'],
      [day(10), day(30), 'N1 1AA'],
      [day(30), null, 'M1 1AA'],
    ]);
    expect(await people.versionOf(id)).toBe(4);
    expect((await people.published(id)).slice(1).map(({ type, payload }) => [type, payload])).toEqual(
      Array(3).fill([personFactsChanged.type, '{}']),
    );
  });

  it('told again of the same day: the later stands, what was before is kept', async () => {
    const id = await stranger();
    const { status, location } = await people.beginHome(id, { from: TODAY });
    expect([status, location]).toEqual([201, `/people/${id}/homes`]);
    expect(await spans(id)).toEqual([[TODAY, null, 'M1 1AA']]);
    const [kept] = await people.asWorker<{ was: string }>(
      `SELECT before #>> '{home,postcode}' AS was FROM person_history WHERE person_id = $1 AND what = 'home'`,
      [id],
    );
    expect(kept?.was).toBe('LS1 1AA');
  });

  it('are seen by who supports the person and by the person, and by nobody else', async () => {
    const id = await stranger();
    const self = caller({ organisation: `person/${id}`, sub: id, roles: ['person'] });
    expect(await homesOf(id, self)).toHaveLength(1);
    for (const by of [STRANGER, PRACTICE]) {
      await expect(homesOf(id, by)).rejects.toMatchObject({ name: 'NotFound' });
      await expect(people.beginHome(id, {}, by)).rejects.toMatchObject({ name: 'NotFound' });
    }
    expect(await people.asApp('RZ2', 'SELECT * FROM home')).toEqual([]);
    expect(await people.asApp(undefined, 'SELECT * FROM home')).toEqual([]);
  });

  it('cannot overlap, whoever writes them', async () => {
    const id = await stranger();
    const second = `INSERT INTO home SELECT person_id, daterange('2020-01-01', NULL), lines, postcode, responsible_icb, recorded_at
      FROM home WHERE person_id = $1`;
    await expect(people.asWorker(second, [id])).rejects.toMatchObject({ code: '23P01' });
  });
});

describe('the home of today', () => {
  it('says which board is responsible, and from when another one will be', async () => {
    const id = await stranger();
    expect(await factsOf(id)).toMatchObject({ responsibleIcb: 'QZ1', changesOn: null });
    await people.beginHome(id, { from: day(5), responsibleIcb: 'QZ3' });
    expect(await factsOf(id)).toMatchObject({ responsibleIcb: 'QZ1', changesOn: day(5) });
    await people.beginHome(id, { from: day(-5), responsibleIcb: 'QZ4' });
    expect(await factsOf(id)).toMatchObject({ responsibleIcb: 'QZ1' });
    await people.beginHome(id, { from: TODAY, responsibleIcb: 'QZ2' });
    expect(await factsOf(id)).toMatchObject({ responsibleIcb: 'QZ2', changesOn: day(5) });
  });
});

it('two told at once both stand', async () => {
  const id = await stranger();
  await Promise.all([2, 4, 6, 8].map((n) => people.beginHome(id, { from: day(n) })));
  expect((await homesOf(id)).map(({ from }) => from)).toEqual([TODAY, day(2), day(4), day(6), day(8)]);
});
