import { contactEnded, contactRecorded } from '@homeward/contracts';
import { addDays, londonDate } from '@homeward/kernel';
import type { Principal } from '@homeward/persistence';
import { caller, commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { createPeople, MOTHER, PRACTICE, STRANGER, TRUST, type People } from '../../people.fixture';
import { ErasePerson } from '../erase-person/erase-person';
import { PeopleKeys } from '../../adapters/people-keys';
import { CardsController } from '../cards/cards.http';
import { HomesController } from '../homes/homes.http';
import { idsToLookFor } from '../looks/looks.query';
import { PersonController } from '../person/person.http';
import { RestrictedHomesController } from '../restricted-homes/restricted-homes.http';
import { ContactsController } from './contacts.http';

let people: People;
beforeAll(async () => {
  people = await createPeople();
});
afterAll(() => people.drop());

const somebody = (birthDate = '1994-05-17') =>
  people.known({ nhsNumber: null, nhsNumberAbsentReason: 'not-known', birthDate });
const contactsOf = async (id: string, by: Principal = TRUST) =>
  (await new ContactsController(people.database).list(commandOf(by), id)).items;
const own = (sub: string) => caller({ organisation: `person/${sub}`, sub, roles: ['person'] });
const read = (id: string, by: Principal) => new PersonController(people.database).get(commandOf(by), id);
const sees = (id: string, by: Principal): Promise<boolean> =>
  read(id, by).then(
    () => true,
    () => false,
  );
const rightsOf = async (account: string) =>
  people.asWorker<{ person_id: string; kind: string; isOpen: boolean }>(
    `SELECT person_id, kind, until IS NULL AS "isOpen" FROM relationship WHERE organisation = $1 ORDER BY person_id, kind`,
    [`person/${account}`],
  );

describe('a contact (DEC-34.contacts)', () => {
  it('is shown to who supports the person and to the person; whom nobody may contact comes first, and says so first', async () => {
    const id = await somebody();
    await people.recordContact(id);
    await people.recordContact(id, { name: 'Sam Example', is: 'sibling', authority: 'none', mayBeContacted: false });
    for (const by of [TRUST, own(id)]) {
      const shown = await contactsOf(id, by);
      expect(shown.map(({ name, mayBeContacted }) => [name, mayBeContacted])).toEqual([
        ['Sam Example', false],
        ['Jo Example', true],
      ]);
      expect(Object.keys(shown[0]!)[0]).toBe('mayBeContacted');
    }
    expect((await contactsOf(id))[1]).toMatchObject({ ...MOTHER, holds: true, reads: false });
  });

  it('is shown and told to nobody else', async () => {
    const id = await somebody();
    expect(await contactsOf(id)).toEqual([]);
    for (const by of [STRANGER, PRACTICE, own(randomUUID())]) {
      await expect(contactsOf(id, by)).rejects.toMatchObject({ name: 'NotFound' });
      await expect(people.recordContact(id, {}, by)).rejects.toMatchObject({ name: 'NotFound' });
    }
    const contactId = await people.recordContact(id);
    await expect(people.endContact(id, contactId, STRANGER)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(people.endContact(await somebody(), contactId)).rejects.toMatchObject({ name: 'NotFound' });
    expect(await people.asApp('RZ2', 'SELECT * FROM contact')).toEqual([]);
    expect(await people.asApp(undefined, 'SELECT * FROM contact')).toEqual([]);
  });

  it('stands in events, audit and kept answers with codes alone', async () => {
    const id = await somebody();
    const planted = { name: 'Plantedname', telephone: '01632 960999', howToReach: 'Plantedwords' };
    const contactId = await people.recordContact(id, { ...planted, account: randomUUID() });
    await people.endContact(id, contactId);
    const told = [
      ...(await people.published(id)),
      ...(await people.asWorker('SELECT * FROM audit')),
      ...(await people.asWorker('SELECT * FROM idempotency')),
    ];
    expect(JSON.stringify(told)).not.toMatch(/Planted|960999/);
    expect((await people.published(id)).slice(-2).map(({ type }) => type)).toEqual([
      contactRecorded.type,
      contactEnded.type,
    ]);
    expect(await contactsOf(id)).toEqual([]);
    await expect(people.endContact(id, contactId)).rejects.toMatchObject({ code: 'ended-already' });
  });

  it('of two ids that mean one person is shown under either, to who has a right to either', async () => {
    const [first, old, survivor] = [await somebody(), await somebody(), await somebody()];
    await people.recordContact(first, { name: 'First Example', mayBeContacted: false });
    await people.recordContact(old, { name: 'Old Example' });
    await people.recordContact(survivor, { name: 'New Example' });
    await people.merge(first, old);
    await people.merge(old, survivor);
    await people.relate(old, 'RZ5');
    const RZ5 = caller({ organisation: 'RZ5', roles: ['manager'] });
    const names = async (id: string, by: Principal) => (await contactsOf(id, by)).map(({ name }) => name);
    const all = ['First Example', 'Old Example', 'New Example'];
    for (const id of [first, old, survivor]) expect([id, await names(id, TRUST)]).toEqual([id, all]);
    for (const id of [old, survivor]) expect([id, await names(id, RZ5)]).toEqual([id, all]);
  });
});

describe('who is close to a person, with an account (PERM-11, PERM-40.see)', () => {
  it('reads them, their card and their homes while it holds, and not after it ended', async () => {
    const [id, account] = [await somebody(), randomUUID()];
    const contactId = await people.recordContact(id, { account });
    const mother = own(account);
    expect((await contactsOf(id))[0]).toMatchObject({ account, reads: true });
    expect(await sees(id, mother)).toBe(true);
    expect((await new CardsController(people.database).list(commandOf(mother), { ids: [id] })).items).toHaveLength(1);
    expect((await new HomesController(people.database).list(commandOf(mother), id)).items).toHaveLength(1);
    await people.endContact(id, contactId);
    expect(await sees(id, mother)).toBe(false);
  });

  it('learns neither who looked, nor the other contacts, nor where a restricted home is', async () => {
    const [id, account] = [await somebody(), randomUUID()];
    await people.recordContact(id, { account, is: 'advocate', authority: 'none' });
    await people.recordContact(id, { account });
    await people.restrictHome(id);
    const mother = own(account);
    const { text, values } = idsToLookFor(mother, id);
    expect(await people.asApp(mother.organisation, text, values)).toEqual([]);
    await expect(contactsOf(id, mother)).rejects.toMatchObject({ name: 'NotFound' });
    const learn = new RestrictedHomesController(people.database).list(commandOf(mother), id);
    await expect(learn).rejects.toMatchObject({ name: 'NotFound' });
    const [home] = (await new HomesController(people.database).list(commandOf(mother), id)).items;
    expect(home).toMatchObject({ withheld: true });
  });

  it.each([
    ['may not be told', { mayBeTold: false }],
    ['acts on nothing', { authority: 'none' }],
    ['is the nominated person and no more', { authority: 'nominated-person' }],
  ] as const)('sees nothing who %s', async (_, codes) => {
    const [id, account] = [await somebody(), randomUUID()];
    await people.recordContact(id, { account, ...codes });
    expect(await sees(id, own(account))).toBe(false);
    expect((await contactsOf(id))[0]).toMatchObject({ reads: false });
  });

  it('with parental responsibility until a day: the right has the same end', async () => {
    const today = londonDate(new Date());
    const [id, account] = [await somebody(addDays(today, -3_000)), randomUUID()];
    const until = addDays(today, 100);
    await people.recordContact(id, { account, authority: 'parental-responsibility', until });
    expect(await sees(id, own(account))).toBe(true);
    const [right] = await people.asWorker<{ ends: string }>(
      `SELECT (until AT TIME ZONE 'Europe/London')::text AS ends FROM relationship WHERE organisation = $1`,
      [`person/${account}`],
    );
    expect(right?.ends).toBe(`${until} 00:00:00`);
  });

  it('another advocate ends the one before, in the same write (DEC-32)', async () => {
    const [id, first, second] = [await somebody(), randomUUID(), randomUUID()];
    await people.recordContact(id, { account: first, is: 'advocate', authority: 'none' });
    await people.recordContact(id, { account: second, is: 'advocate', authority: 'none' });
    expect([await sees(id, own(first)), await sees(id, own(second))]).toEqual([false, true]);
    expect((await contactsOf(id)).map(({ account }) => account)).toEqual([second]);
    expect(new Set((await people.published(id)).slice(-2).map(({ type }) => type))).toEqual(
      new Set([contactEnded.type, contactRecorded.type]),
    );
  });

  it('two named at once leave one', async () => {
    const id = await somebody();
    const accounts = Array.from({ length: 4 }, () => randomUUID());
    await Promise.all(accounts.map((account) => people.recordContact(id, { account, is: 'advocate' })));
    const reading = await Promise.all(accounts.map((account) => sees(id, own(account))));
    expect(reading.filter(Boolean)).toHaveLength(1);
    expect(await contactsOf(id)).toHaveLength(1);
  });

  it('sees the person under each of their ids, also when these are found to be one later, and under none when it ended', async () => {
    const [before, id, later, account] = [await somebody(), await somebody(), await somebody(), randomUUID()];
    await people.merge(before, id);
    const contactId = await people.recordContact(id, { account });
    expect((await rightsOf(account)).map(({ person_id }) => person_id)).toEqual([before, id].sort());
    await people.merge(id, later);
    for (const one of [before, id, later]) expect([one, await sees(one, own(account))]).toEqual([one, true]);
    // Events of the survivor are counted anew: an end among them would come before its beginning.
    await people.endContact(later, contactId);
    for (const one of [before, id, later]) expect([one, await sees(one, own(account))]).toEqual([one, false]);
    expect((await rightsOf(account)).some(({ isOpen }) => isOpen)).toBe(false);
  });

  it('reads nothing any more when the person died, under any of their ids, and stays a contact (DEC-32)', async () => {
    const [old, id, mother, advocate] = [await somebody(), await somebody(), randomUUID(), randomUUID()];
    await people.recordContact(old, { account: mother, authority: 'lasting-power-of-attorney' });
    await people.merge(old, id);
    await people.recordContact(id, { account: advocate, is: 'advocate' });
    await people.recordDeath(old, { on: '2026-01-31' });
    for (const one of [old, id])
      for (const account of [mother, advocate]) expect([one, await sees(one, own(account))]).toEqual([one, false]);
    expect((await rightsOf(mother)).some(({ isOpen }) => isOpen)).toBe(false);
    const shown = (await contactsOf(id)).map(({ account, reads, mayBeContacted }) => ({
      account,
      reads,
      mayBeContacted,
    }));
    expect(shown).toEqual(Array(2).fill({ account: null, reads: false, mayBeContacted: true }));
    await people.recordDeath(id, { on: '2026-02-01' });
    await expect(people.recordContact(id, { account: mother })).rejects.toMatchObject({ code: 'person-died' });
    await people.recordContact(id, { authority: 'none' });
  });

  it('an advocate who was named under another id gives way, too', async () => {
    const [old, survivor, first, second] = [await somebody(), await somebody(), randomUUID(), randomUUID()];
    await people.recordContact(old, { account: first, is: 'advocate' });
    await people.merge(old, survivor);
    await people.recordContact(survivor, { account: second, is: 'advocate' });
    expect([await sees(old, own(first)), await sees(old, own(second))]).toEqual([false, true]);
  });
});

it('who is erased has no contacts any more, and gets none (AUD-09)', async () => {
  const [old, id, account] = [await somebody(), await somebody(), randomUUID()];
  await people.recordContact(old, { account });
  await people.merge(old, id);
  const eraser = new ErasePerson(people.database, people.pools.worker, new PeopleKeys('a key of the tests'));
  const operator = { ...TRUST, roles: ['operator'], organisation: 'people', purpose: 'erasure/ordered' };
  await eraser.erase(commandOf(operator, { idempotency: undefined }), id, 'ordered');
  expect(await people.asWorker('SELECT FROM contact WHERE person_id = ANY ($1)', [[old, id]])).toEqual([]);
  await expect(people.recordContact(id)).rejects.toMatchObject({ name: 'NotFound' });
  await expect(read(old, own(account))).rejects.toMatchObject({ code: 'erased' });
});
