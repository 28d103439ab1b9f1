import { consentDecided, consentWithdrawn, type ConsentPurpose, type ReviewItem } from '@homeward/contracts';
import { addDays, londonDate } from '@homeward/kernel';
import type { Outcome, Principal } from '@homeward/persistence';
import { caller, commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { PeopleKeys } from '../../adapters/people-keys';
import type { NewConsent } from '../../domain/consent';
import { createPeople, PRACTICE, STRANGER, TRUST, type People } from '../../people.fixture';
import { ConsentNowController } from '../consent-now/consent-now.http';
import { ErasePerson } from '../erase-person/erase-person';
import { PersonController } from '../person/person.http';
import { ConsentsController } from './consents.http';

const TODAY = londonDate(new Date());
const SERVICE = caller({ organisation: 'support-register', roles: ['service'] });

let people: People;
beforeAll(async () => {
  people = await createPeople();
});
afterAll(() => people.drop());

const somebody = (birthDate = '1994-05-17') =>
  people.known({ nhsNumber: null, nhsNumberAbsentReason: 'not-known', birthDate });
const own = (sub: string) => caller({ organisation: `person/${sub}`, sub, roles: ['person'] });
const consentsOf = async (id: string, by: Principal = TRUST) =>
  (await new ConsentsController(people.database).list(commandOf(by), id)).items;
const statesOf = async (id: string) => (await consentsOf(id)).map(({ state }) => state);
const now = (id: string, purpose: ConsentPurpose = 'register', item?: ReviewItem) =>
  new ConsentNowController(people.database).get(commandOf(SERVICE), id, { purpose, item });
const idOf = ({ body }: Outcome): string => (body as { id: string }).id;
const warningsOf = ({ body }: Outcome): unknown => (body as { warnings?: unknown }).warnings;
const no = (reason: string) => ({ answer: 'no', reason });
const notThere = expect.objectContaining({ name: 'NotFound' }) as Error;
const published = async (id: string) =>
  (await people.published(id))
    .filter(({ type }) => type.startsWith('homeward.people.consent.'))
    .map(({ type, payload }) => [type, JSON.parse(payload) as unknown]);

describe('a decision on consent (CON-30)', () => {
  it('is shown with who decided, by which authority, on what, how it was explained and until when: to who supports the person, to the person and to family with authority', async () => {
    const [id, account] = [await somebody(), randomUUID()];
    const supportedBy = await people.recordContact(id, { account });
    const told: Partial<NewConsent> = {
      ...{ purpose: 'review', scope: ['review-held', 'family-invited'], authority: 'deputy', decidedBy: 'Ann Deputy' },
      ...{
        assessment: { finding: 'lacks', on: TODAY },
        explained: ['symbols', 'talk'],
        supportedBy,
        words: 'OK then.',
      },
    };
    const outcome = await people.recordConsent(id, told);
    expect(outcome).toMatchObject({ status: 201, location: `/people/${id}/consents` });
    expect(warningsOf(outcome)).toBeUndefined();
    const shown = {
      ...{ ...told, id: idOf(outcome), answer: 'yes', on: TODAY, withdrawnAt: null },
      ...{ reviewBy: expect.stringMatching(/^20/) as string, state: 'in-effect', toBeRenewed: false },
    };
    for (const by of [TRUST, own(id), own(account)]) expect(await consentsOf(id, by)).toEqual([shown]);
  });

  it('is shown and told to nobody else, and taken back by nobody else', async () => {
    const id = await somebody();
    expect(await consentsOf(id)).toEqual([]);
    const consentId = idOf(await people.recordConsent(id));
    for (const by of [STRANGER, PRACTICE, own(randomUUID())]) {
      await expect(consentsOf(id, by)).rejects.toEqual(notThere);
      await expect(people.recordConsent(id, {}, by)).rejects.toEqual(notThere);
      await expect(people.withdrawConsent(id, consentId, by)).rejects.toEqual(notThere);
    }
    await expect(people.withdrawConsent(await somebody(), consentId)).rejects.toEqual(notThere);
    for (const organisation of ['RZ2', undefined])
      expect(await people.asApp(organisation, 'SELECT * FROM consent')).toEqual([]);
  });

  it('is refused for a contact of somebody else', async () => {
    const theirs = await people.recordContact(await somebody());
    const refused = people.recordConsent(await somebody(), { supportedBy: theirs });
    await expect(refused).rejects.toMatchObject({ code: 'no-such-contact', kind: 'rule' });
  });

  it('of parents after the 16th birthday is recorded with a warning, and does not count (DEC-01, DEC-11)', async () => {
    const id = await somebody('2009-03-17');
    const assessment = { finding: 'lacks', on: TODAY } as const;
    const outcome = await people.recordConsent(id, {
      ...{ authority: 'parental-responsibility', decidedBy: 'Jo Example', assessment },
    });
    expect(warningsOf(outcome)).toMatchObject([{ code: 'decided-by-another', rule: 'CON-30' }]);
    expect(await statesOf(id)).toEqual(['decided-by-another']);
    expect(await now(id)).toEqual(no('none'));
  });

  it('after a death is recorded, with a warning (DEC-01)', async () => {
    const id = await somebody();
    await people.recordDeath(id, { on: addDays(TODAY, -1) });
    expect(warningsOf(await people.recordConsent(id))).toMatchObject([{ code: 'after-death', rule: 'DEC-01' }]);
  });

  it('stands in events, audit and kept answers with codes alone, and without its days (DEC-35)', async () => {
    const id = await somebody();
    const reviewBy = addDays(TODAY, 33);
    const who = { authority: 'deputy', decidedBy: 'Plantedname', supportedBy: 'Plantedhelp' } as const;
    const consentId = idOf(await people.recordConsent(id, { ...who, words: 'Plantedwords', reviewBy }));
    await people.withdrawConsent(id, consentId);
    expect(await published(id)).toEqual([
      [consentDecided.type, { consentId, purpose: 'register', answer: 'yes', authority: 'deputy' }],
      [consentWithdrawn.type, { consentId, purpose: 'register' }],
    ]);
    const kept = [
      ...(await people.published(id)),
      ...(await people.asWorker('SELECT * FROM audit')),
      ...(await people.asWorker('SELECT * FROM idempotency')),
    ];
    expect(JSON.stringify(kept)).not.toMatch(/Planted/);
    expect(JSON.stringify(kept)).not.toContain(reviewBy);
  });
});

describe('what people answer at the moment of disclosure (DEC-12)', () => {
  it('is a no without a record, and with one that says no (CON-2, CON-3)', async () => {
    const id = await somebody();
    expect(await now(id)).toEqual(no('none'));
    await people.recordConsent(id, { answer: 'said-no' });
    expect(await now(id)).toEqual(no('said-no'));
  });

  it('is a yes with its decision, for this purpose and, of a review, for what was named', async () => {
    const id = await somebody();
    const consentId = idOf(await people.recordConsent(id, { purpose: 'review', scope: ['papers-to-panel'] }));
    expect(await now(id, 'review', 'papers-to-panel')).toEqual({ answer: 'yes', consentId });
    for (const [purpose, item] of [['review', 'report-shared'], ['review'], ['register']] as const)
      expect(await now(id, purpose, item)).toEqual(no('none'));
  });

  it('is a no from the moment of a withdrawal (CON-4)', async () => {
    const id = await somebody();
    const consentId = idOf(await people.recordConsent(id));
    expect(await now(id)).toEqual({ answer: 'yes', consentId });
    const withdrawal = await people.withdrawConsent(id, consentId);
    expect(withdrawal.body).toMatchObject({ id: consentId, status: 'withdrawn' });
    expect(await now(id)).toEqual(no('withdrawn'));
    expect(await statesOf(id)).toEqual(['withdrawn']);
    await expect(people.withdrawConsent(id, consentId)).rejects.toMatchObject({ code: 'consent-withdrawn' });
  });

  it('is about taking part and sharing alone: after a no and a withdrawal all is kept, and who supports the person reads it as before (AUD-06, DEC-07)', async () => {
    const id = await somebody();
    await people.recordNeed(id, { code: 'easy-read' });
    const before = await new PersonController(people.database).get(commandOf(TRUST), id);
    await people.withdrawConsent(id, idOf(await people.recordConsent(id)));
    await people.recordConsent(id, { purpose: 'sharing-beyond-care', answer: 'said-no' });
    expect(await new PersonController(people.database).get(commandOf(TRUST), id)).toEqual(before);
    expect((await statesOf(id)).sort()).toEqual(['said-no', 'withdrawn']);
  });

  it('is a no once it lapsed, and the list says for 90 days before that it is to be renewed (DEC-11)', async () => {
    const id = await somebody();
    const earlier = { on: addDays(TODAY, -30), reviewBy: addDays(TODAY, 60) };
    await people.recordConsent(id, earlier);
    expect(await consentsOf(id)).toMatchObject([{ state: 'in-effect', toBeRenewed: true }]);
    await people.recordConsent(id, { ...earlier, reviewBy: addDays(TODAY, -1) });
    expect(await now(id)).toEqual(no('lapsed'));
    expect(await consentsOf(id)).toMatchObject([
      { state: 'lapsed', toBeRenewed: true },
      { state: 'superseded', toBeRenewed: false },
    ]);
  });

  it('turns on what was decided under any id of the person, and follows a merge of a merge', async () => {
    const [first, old, survivor] = [await somebody(), await somebody(), await somebody()];
    await people.recordConsent(survivor, { on: addDays(TODAY, -2) });
    const yes = idOf(await people.recordConsent(old, { on: addDays(TODAY, -1) }));
    await people.recordConsent(first, { answer: 'said-no' });
    await people.merge(old, survivor);
    for (const id of [old, survivor]) expect([id, await now(id)]).toEqual([id, { answer: 'yes', consentId: yes }]);
    await people.merge(first, survivor);
    for (const id of [first, old, survivor]) expect([id, await now(id)]).toEqual([id, no('said-no')]);
    await people.relate(old, 'RZ5');
    const RZ5 = caller({ organisation: 'RZ5', roles: ['manager'] });
    for (const by of [TRUST, RZ5]) expect(await consentsOf(survivor, by)).toHaveLength(3);
  });

  it('a withdrawal after a merge follows its decision on the same stream, so that nobody hears of it before (CON-4)', async () => {
    const [old, survivor] = [await somebody(), await somebody()];
    const consentId = idOf(await people.recordConsent(old));
    await people.merge(old, survivor);
    await people.withdrawConsent(survivor, consentId);
    expect((await published(old)).map(([type]) => type)).toEqual([consentDecided.type, consentWithdrawn.type]);
    expect(await published(survivor)).toEqual([]);
    for (const id of [old, survivor]) expect(await now(id)).toEqual(no('withdrawn'));
  });

  it('is nothing for an id that nobody has, and every question is audited', async () => {
    const [id, nobody] = [await somebody(), randomUUID()];
    await now(id);
    await expect(now(nobody)).rejects.toEqual(notThere);
    const audited = `SELECT organisation, outcome, person_ids AS of FROM audit WHERE subject = $1`;
    expect(await people.asWorker(audited, [`consents/${id}`])).toMatchObject([
      { organisation: 'support-register', of: [id] },
    ]);
    expect(await people.asWorker(audited, [`consents/${nobody}`])).toMatchObject([{ outcome: 'nothing-found' }]);
  });

  it('is gone with who is erased (AUD-09)', async () => {
    const id = await somebody();
    await people.recordConsent(id);
    const eraser = new ErasePerson(people.database, people.pools.worker, new PeopleKeys('a key of the tests'));
    const operator = { ...TRUST, roles: ['operator'], organisation: 'people', purpose: 'erasure/ordered' };
    await eraser.erase(commandOf(operator, { idempotency: undefined }), id, 'ordered');
    await expect(now(id)).rejects.toMatchObject({ code: 'erased' });
    expect(await people.asWorker('SELECT FROM consent WHERE person_id = $1', [id])).toEqual([]);
  });
});

it('decided by several at once, one counts, and all are kept (CON-30)', async () => {
  const id = await somebody();
  await Promise.all([1, 2, 3, 4].map(() => people.recordConsent(id)));
  expect((await statesOf(id)).sort()).toEqual(['in-effect', 'superseded', 'superseded', 'superseded']);
});
