import { caller, commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { createPeople, PRACTICE, TRUST, type People } from '../../people.fixture';
import { ReviewBreakGlass } from '../review-break-glass/review-break-glass';
import { BreakGlassHandler } from './break-glass';
import { LookController } from './look.http';
import { PersonController } from '../person/person.http';

const doctorOf = (organisation: string) => caller({ organisation, roles: ['coordinator'] });
const PRIVACY = caller({ organisation: 'RZ2', roles: ['privacy'] });

let people: People;
let glass: BreakGlassHandler;
let review: ReviewBreakGlass;
beforeAll(async () => {
  people = await createPeople();
  glass = new BreakGlassHandler(people.database);
  review = new ReviewBreakGlass(people.database);
});
afterAll(() => people.drop());

const somebody = (familyName = 'Example') =>
  people.known({ nhsNumber: null, nhsNumberAbsentReason: 'not-known', familyName });
const look = (personId: string, context = commandOf(doctorOf('RZ2')), words?: string) =>
  glass.look(context, personId, { id: randomUUID(), reasonCode: 'emergency-care', words });
const sees = async (personId: string, principal: ReturnType<typeof doctorOf>): Promise<boolean> =>
  new PersonController(people.database).get(commandOf(principal), personId).then(
    () => true,
    () => false,
  );

it('opens one right, of one practitioner, with its end; its words are kept here and stand in no event and no audit row', async () => {
  const [personId, doctor] = [await somebody(), doctorOf('RZ2')];
  const { body } = await look(personId, commandOf(doctor), 'Plantedwords');
  const rights = await people.asWorker<{ from: Date; until: Date }>(
    `SELECT organisation, holder, subject, "from", until FROM relationship WHERE person_id = $1 AND kind = 'break-glass'`,
    [personId],
  );
  expect(rights).toMatchObject([
    { organisation: 'RZ2', holder: `practitioner/${doctor.sub}`, subject: `break-glass/${String(body['id'])}` },
  ]);
  expect(rights[0]!.until.getTime() - rights[0]!.from.getTime()).toBe(4 * 3_600_000);
  const told = [
    ...(await people.published(personId)),
    ...(await people.asWorker('SELECT * FROM audit')),
    ...(await people.asWorker('SELECT * FROM idempotency')),
  ];
  expect(JSON.stringify(told)).not.toContain('Planted');
  expect(await people.asWorker('SELECT words FROM break_glass WHERE person_id = $1', [personId])).toEqual([
    { words: 'Plantedwords' },
  ]);
});

it('leaves an audit row with the person, and one when there is no such person', async () => {
  const personId = await somebody();
  const [known, unknown] = [commandOf(doctorOf('RZ2')), commandOf(doctorOf('RZ2'))];
  await look(personId, known);
  await expect(look(randomUUID(), unknown)).rejects.toMatchObject({ name: 'NotFound' });
  const audited = 'SELECT outcome, person_ids FROM audit WHERE correlation_id = $1';
  expect(await people.asWorker(audited, [known.correlationId])).toEqual([{ outcome: 'done', person_ids: [personId] }]);
  expect(await people.asWorker(audited, [unknown.correlationId])).toEqual([
    { outcome: 'refused:not-found', person_ids: [] },
  ]);
});

it('shows the person under an id that was merged, to who looks and to nobody else', async () => {
  const [old, survivor, doctor] = [await somebody(), await somebody(), doctorOf('RZ2')];
  await people.merge(old, survivor);
  await look(old, commandOf(doctor));
  for (const id of [old, survivor]) {
    expect(await sees(id, doctor)).toBe(true);
    expect(await sees(id, doctorOf('RZ2'))).toBe(false);
  }
  const opened = await people.asWorker<{ person_id: string }>(
    `SELECT person_id FROM relationship WHERE kind = 'break-glass' AND holder = $1`,
    [`practitioner/${doctor.sub}`],
  );
  expect(opened.map(({ person_id }) => person_id).sort()).toEqual([old, survivor].sort());
});

it('is refused the eleventh time within a day, also at once (PERM-03)', async () => {
  const doctor = doctorOf('RZ2');
  const many = await Promise.all(Array.from({ length: 12 }, () => somebody()));
  const answers = await Promise.allSettled(many.map((id) => look(id, commandOf(doctor))));
  const refused = answers.filter((answer) => answer.status === 'rejected');
  expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(['too-many-looks', 'too-many-looks']);
  await people.asWorker(`UPDATE break_glass SET opened_at = opened_at - interval '1 day' WHERE practitioner_id = $1`, [
    doctor.sub,
  ]);
  await expect(look(many[0]!, commandOf(doctor))).resolves.toMatchObject({ status: 200 });
});

describe('a review', () => {
  it('is for the organisation of who looked; another has no such look', async () => {
    const { body } = await look(await somebody());
    const id = String(body['id']);
    await expect(review.review(commandOf(TRUST), id, { outcome: 'justified' })).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(new LookController(people.database).get(commandOf(PRACTICE), id)).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('that finds it justified leaves it open until it ends by itself, and is kept', async () => {
    const [personId, doctor] = [await somebody(), doctorOf('RZ2')];
    const id = String((await look(personId, commandOf(doctor))).body['id']);
    await review.review(commandOf(PRIVACY), id, { outcome: 'justified', words: 'Plantedreview' });
    expect(await sees(personId, doctor)).toBe(true);
    expect(await new LookController(people.database).get(commandOf(PRIVACY), id)).toMatchObject({
      outcome: 'justified',
    });
    expect(JSON.stringify(await people.published(personId))).not.toContain('Planted');
    await expect(review.review(commandOf(PRIVACY), id, { outcome: 'not-justified' })).rejects.toMatchObject({
      code: 'reviewed-already',
    });
  });

  it('that finds it not justified ends it at once', async () => {
    const [personId, doctor] = [await somebody(), doctorOf('RZ2')];
    const id = String((await look(personId, commandOf(doctor))).body['id']);
    await review.review(commandOf(PRIVACY), id, { outcome: 'not-justified' });
    expect(await sees(personId, doctor)).toBe(false);
  });
});
