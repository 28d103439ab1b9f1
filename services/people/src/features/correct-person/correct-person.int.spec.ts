import { personFactsChanged } from '@homeward/contracts';
import { commandOf } from '@homeward/testing';
import { OTHER_NUMBER } from '../../domain/person.fixtures';
import { createPeople, PRACTICE, STRANGER, TRUST, type People } from '../../people.fixture';
import { registered } from '../../registered.fixtures';

const THIRD_NUMBER = '9990010021';

let people: People;
beforeEach(async () => {
  people = await createPeople();
});
afterEach(() => people.drop());

const rowOf = async (id: string) =>
  (await people.asWorker<Record<string, unknown>>('SELECT * FROM person WHERE person_id = $1', [id]))[0];
const openQuestions = () =>
  people.asWorker<{ organisation: string; person_id: string }>(
    'SELECT organisation, person_id FROM identity_question WHERE settled_at IS NULL',
  );

describe('a correction', () => {
  it('changes what was sent and nothing else, and says no more than that facts changed', async () => {
    const id = await people.known();
    const { body, etag } = await people.correct(id, { givenName: 'Adah', basis: 'both' });
    expect([body, etag]).toEqual([{ id, version: 2, status: 'registered', links: { self: `/people/${id}` } }, 2]);
    expect(await rowOf(id)).toMatchObject({
      given_name: 'Adah',
      given_name_key: 'adah',
      family_name: 'Núñez-García',
      nhs_number: '9990010005',
      basis: 'both',
      provisional: false,
    });
    const last = (await people.published(id)).at(-1);
    expect([last?.type, last?.payload]).toEqual([personFactsChanged.type, '{}']);
  });

  it('keeps what was before, with who changed it, and no request reads that', async () => {
    const id = await people.known();
    await people.correct(id, { familyName: 'Other' });
    await people.correct(id, { familyName: 'Third' });
    const kept = await people.asWorker(
      `SELECT version, what, before ->> 'familyName' AS was, organisation, sub FROM person_history ORDER BY version`,
    );
    const by = { organisation: 'RZ1', sub: TRUST.sub, what: 'identity' };
    expect(kept).toEqual([
      { version: 1, was: 'Núñez-García', ...by },
      { version: 2, was: 'Other', ...by },
    ]);
    await expect(people.asApp('RZ1', 'SELECT * FROM person_history')).rejects.toThrow(/permission denied/);
  });

  it('puts a number in the place of the reason why there was none, and the other way', async () => {
    const id = await people.known();
    await people.correct(id, { nhsNumberAbsentReason: 'issued-elsewhere-in-uk' });
    expect(await rowOf(id)).toMatchObject({ nhs_number: null, nhs_number_absent_reason: 'issued-elsewhere-in-uk' });
    await people.correct(id, { nhsNumber: '999 001 0013' });
    expect(await rowOf(id)).toMatchObject({ nhs_number: OTHER_NUMBER, nhs_number_absent_reason: null });
    expect(await registered(people.database, commandOf(PRACTICE), { nhsNumber: OTHER_NUMBER })).toBe(id);
  });

  it.each([
    ['412 on a version that is not the latest', 7, { name: 'PreconditionFailed' }],
    ['refused when all stands like that already', 1, { code: 'nothing-corrected' }],
  ])('is %s, and leaves the person alone', async (_, version, error) => {
    const id = await people.known();
    const before = await rowOf(id);
    await expect(people.correct(id, { givenName: 'Ada' }, TRUST, version)).rejects.toMatchObject(error);
    expect(await rowOf(id)).toEqual(before);
  });

  it('is for who has a relationship of care: to others, and to who referred, there is no such person', async () => {
    const id = await people.known();
    await people.relate(id, 'RZ2', 'referrer');
    for (const by of [STRANGER, PRACTICE]) {
      await expect(people.correct(id, { givenName: 'Eve' }, by)).rejects.toMatchObject({ name: 'NotFound' });
    }
  });
});

describe('a number that is somebody else’s, too', () => {
  it('is taken, makes the person provisional, and is a question for the organisation that corrected', async () => {
    await people.known();
    const id = await people.known({ nhsNumber: OTHER_NUMBER, birthDate: '1990-01-01' });
    await people.correct(id, { nhsNumber: '9990010005' });
    expect(await rowOf(id)).toMatchObject({ nhs_number: '9990010005', provisional: true, found_by_number: true });
    expect(await openQuestions()).toEqual([{ organisation: 'RZ1', person_id: id }]);
  });

  it('breaks no index when the birth date is theirs as well: they stay the one whom it finds', async () => {
    const first = await people.known();
    const id = await people.known({ nhsNumber: OTHER_NUMBER });
    await people.correct(id, { nhsNumber: '9990010005' });
    expect(await rowOf(id)).toMatchObject({ nhs_number: '9990010005', provisional: true, found_by_number: false });
    expect(await registered(people.database, commandOf(PRACTICE))).toBe(first);
    await people.correct(first, { nhsNumber: THIRD_NUMBER });
    await people.correct(id, { basis: 'both' });
    expect(await rowOf(id)).toMatchObject({ provisional: false, found_by_number: true });
    expect(await openQuestions()).toEqual([]);
  });

  it('is answered as a number that is nobody’s, by the same statements', async () => {
    await people.known();
    const [one, other] = [
      await people.known({ nhsNumber: OTHER_NUMBER }),
      await people.known({ nhsNumber: THIRD_NUMBER }),
    ];
    const counted = async (id: string, nhsNumber: string) => {
      const { body } = await people.correct(id, { nhsNumber });
      const rows = await people.asWorker('SELECT FROM audit WHERE person_ids @> $1', [[id]]);
      const told = JSON.stringify(body).replaceAll(id, '<id>');
      return { told, audited: rows.length, published: (await people.published(id)).length };
    };
    expect(await counted(one, '9990010005')).toEqual(await counted(other, '9990010048'));
  });

  it('leaves the number with who had it, whatever else of them is corrected', async () => {
    const id = await people.known();
    await people.known({ birthDate: '1990-01-01' });
    await people.correct(id, { birthDate: '2001-02-04', givenName: 'Adah' });
    expect(await rowOf(id)).toMatchObject({ provisional: false, found_by_number: true });
  });
});

it('many corrections and registrations of one number at once leave one settled person at most, and no error', async () => {
  const ids = await Promise.all(
    [OTHER_NUMBER, THIRD_NUMBER, '9990010048'].map((nhsNumber, n) =>
      people.known({ nhsNumber, birthDate: `199${n}-01-01` }),
    ),
  );
  await Promise.all([
    ...ids.map((id) => people.correct(id, { nhsNumber: '9990010005' })),
    registered(people.database, commandOf(PRACTICE)),
    registered(people.database, commandOf(STRANGER), { birthDate: '1991-01-01' }),
  ]);
  const rows = await people.asWorker<{ provisional: boolean }>(
    `SELECT provisional FROM person WHERE nhs_number = '9990010005'`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(4);
  expect(rows.filter(({ provisional }) => !provisional)).toHaveLength(1);
});
