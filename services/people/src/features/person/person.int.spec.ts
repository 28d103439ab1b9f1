import { Versioned } from '@homeward/http';
import { NotFound, type Principal } from '@homeward/persistence';
import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { migrations } from '../../adapters/migrations';
import { OTHER_NUMBER } from '../../domain/person.fixtures';
import type { PersonDetails } from '../../domain/person';
import { registered as register } from '../../registered.fixtures';
import { PersonController, type Person } from './person.http';

const PRACTICE = caller({ organisation: 'A99001', roles: ['referrer'] });
const TRUST = caller({ organisation: 'RZ1', roles: ['team-lead'] });
const STRANGER = caller({ organisation: 'RZ2', roles: ['team-lead'] });

let service: ServiceDatabase;
beforeAll(async () => {
  service = await createServiceDatabase('people', migrations);
});
beforeEach(async () => {
  for (const table of ['identity_question', 'registration', 'home', 'person', 'relationship']) {
    await service.asWorker(`DELETE FROM ${table}`);
  }
});
afterAll(() => service.drop());

const registered = (details: Partial<PersonDetails> = {}, by: Principal = PRACTICE): Promise<string> =>
  register(service.database, commandOf(by), details);

async function seenBy(who: Principal, id: string): Promise<Person> {
  const seen = await new PersonController(service.database).get(commandOf(who), id);
  return (seen instanceof Versioned ? seen.body : seen) as Person;
}

const relate = (
  personId: string,
  kind: string,
  holder: string | null,
  organisation = 'RZ1',
  until: string | null = null,
) =>
  service.asWorker(
    `INSERT INTO relationship (source, person_id, organisation, holder, kind, subject, "from", until)
     VALUES ('/homeward/flow', $1, $2, $3, $4, 'episode/1', now() - interval '1 day', $5)`,
    [personId, organisation, holder, kind, until],
  );

describe('who sees a person', () => {
  it('is who supports them: all of it, as the index holds it', async () => {
    const id = await registered();
    await relate(id, 'accountable-team', `team/${randomUUID()}`);
    expect(await seenBy(TRUST, id)).toEqual({
      id,
      nhsNumber: '9990010005',
      nhsNumberAbsentReason: null,
      givenName: 'Ada',
      familyName: 'Núñez-García',
      birthDate: '2001-02-03',
      home: { lines: ['1 Long Row'], postcode: 'LS1 1AA', responsibleIcb: 'QZ1' },
      basis: 'autism',
      needs: [],
      provisional: false,
      diedOn: null,
      diedAt: null,
    });
  });

  it('is the person themself', async () => {
    const id = await registered();
    const self = caller({ organisation: `person/${id}`, sub: id, roles: ['person'] });
    expect(await seenBy(self, id)).toMatchObject({ id, givenName: 'Ada' });
  });

  it('is not who has no relationship, or one that ended, or one that is another practitioner’s', async () => {
    const id = await registered();
    await expect(seenBy(STRANGER, id)).rejects.toThrow(NotFound);
    await relate(id, 'accountable-team', null, 'RZ2', new Date(Date.now() - 1000).toISOString());
    await expect(seenBy(STRANGER, id)).rejects.toThrow(NotFound);
    await relate(id, 'coordinator', `practitioner/${randomUUID()}`, 'RZ2');
    await expect(seenBy(STRANGER, id)).rejects.toThrow(NotFound);
    await relate(id, 'coordinator', `practitioner/${STRANGER.sub}`, 'RZ2');
    expect(await seenBy(STRANGER, id)).toMatchObject({ id });
  });

  it('is not who only referred them (DEC-32)', async () => {
    const id = await registered();
    await relate(id, 'referrer', null, 'RZ2');
    await expect(seenBy(STRANGER, id)).rejects.toThrow(NotFound);
  });

  it('is nobody, for an id that nobody has', async () => {
    await expect(seenBy(TRUST, randomUUID())).rejects.toThrow(NotFound);
  });
});

describe('who only registered somebody', () => {
  it('sees what they sent themselves, in the same shape, whether the person was known or not', async () => {
    const known = await registered({}, TRUST);
    expect(await registered({ givenName: 'Adah', basis: 'both' })).toBe(known);
    const unknown = await registered({ givenName: 'Adah', basis: 'both', nhsNumber: OTHER_NUMBER });
    const [first, second] = [await seenBy(PRACTICE, known), await seenBy(PRACTICE, unknown)];
    expect(first).toMatchObject({ id: known, givenName: 'Adah', basis: 'both' });
    expect({ ...first, id: unknown, nhsNumber: OTHER_NUMBER }).toEqual(second);
    expect(Object.keys(first)).toEqual(Object.keys(second));
  });

  it('is not told that a person is provisional, for that would say that the number is known', async () => {
    await registered({}, TRUST);
    const provisional = await registered({ birthDate: '2001-03-02' });
    expect(await seenBy(PRACTICE, provisional)).not.toHaveProperty('provisional');
  });

  it('sees the latest of several', async () => {
    const id = await registered();
    await registered({ givenName: 'Adele' });
    const [latest] = await service.asWorker<{ given_name: string }>(
      'SELECT given_name FROM registration ORDER BY registration_id DESC LIMIT 1',
    );
    expect((await seenBy(PRACTICE, id)).givenName).toBe(latest?.given_name);
  });
});

it('every look leaves an audit row, with whom it was at and nothing of what it showed', async () => {
  const id = await registered();
  await seenBy(PRACTICE, id);
  await expect(seenBy(STRANGER, id)).rejects.toThrow(NotFound);
  const looks = await service.asWorker(
    `SELECT organisation, outcome, person_ids FROM audit WHERE subject = $1 ORDER BY at`,
    [`person/${id}`],
  );
  expect(looks).toEqual([
    { organisation: 'A99001', outcome: 'read', person_ids: [id] },
    { organisation: 'RZ2', outcome: 'nothing-found', person_ids: [] },
  ]);
});
