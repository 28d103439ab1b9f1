import type { Principal } from '@homeward/persistence';
import { caller, commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { OTHER_NUMBER } from '../../domain/person.fixtures';
import { createPeople, type People } from '../../people.fixture';
import { idsToLookFor } from './looks.query';

const PRIVACY = caller({ organisation: 'RZ1', roles: ['privacy'] });

let people: People;
beforeAll(async () => {
  people = await createPeople();
});
afterAll(() => people.drop());

const self = (id: string): Principal => caller({ organisation: `person/${id}`, sub: id, roles: ['person'] });

/** All ids under which the looks are asked for; none for who may not know. */
async function idsFor(who: Principal, id: string): Promise<string[]> {
  const statement = idsToLookFor(who, id);
  const audit = { subject: `looks/${id}` };
  const rows = await people.database.read<{ person_id: string; aliases: string[] }>(commandOf(who), statement, audit);
  return rows.flatMap(({ person_id, aliases }) => [person_id, ...aliases]).sort();
}

describe('who may know who looked (AUD-02)', () => {
  it('is the person, and who guards privacy in an organisation that has to do with them', async () => {
    const id = await people.known();
    expect(await idsFor(self(id), id)).toEqual([id]);
    expect(await idsFor(PRIVACY, id)).toEqual([id]);
  });

  it('is nobody else: another person, family with a right of their own, another organisation, who only referred', async () => {
    const id = await people.known();
    const family = randomUUID();
    await people.relate(id, `person/${family}`, 'family');
    await people.relate(id, 'A99009', 'referrer');
    for (const organisation of ['RZ2', 'A99009']) {
      expect(await idsFor(caller({ organisation, roles: ['privacy'] }), id)).toEqual([]);
    }
    expect(await idsFor(self(randomUUID()), id)).toEqual([]);
    expect(await idsFor(self(family), id)).toEqual([]);
  });

  it('and somebody who was two is asked for under both ids, by either', async () => {
    const old = await people.known();
    const survivor = await people.known({ nhsNumber: OTHER_NUMBER });
    await people.merge(old, survivor);
    const both = [old, survivor].sort();
    expect(await idsFor(PRIVACY, old)).toEqual(both);
    expect(await idsFor(self(old), survivor)).toEqual(both);
    expect(await idsFor(self(survivor), old)).toEqual(both);
  });
});
