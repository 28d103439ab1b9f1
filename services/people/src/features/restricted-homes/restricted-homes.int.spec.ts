import { Versioned } from '@homeward/http';
import { addDays, londonDate } from '@homeward/kernel';
import type { Principal } from '@homeward/persistence';
import { caller, commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { createPeople, PRACTICE, STRANGER, TRUST, type People } from '../../people.fixture';
import { registered } from '../../registered.fixtures';
import { FactsController } from '../facts/facts.http';
import { HomesController } from '../homes/homes.http';
import { PersonController, type Person } from '../person/person.http';
import { RestrictedHomesController } from './restricted-homes.http';

const TODAY = londonDate(new Date());
const REFUGE = { lines: ['1 Plantedrefuge'], postcode: 'SW1P 9ZZ', responsibleIcb: 'QZ9' };
const OPEN = { lines: ['1 Long Row'], postcode: 'LS1 1AA', responsibleIcb: 'QZ1' };
const WITHHELD = { withheld: true };
const NURSE = caller({ organisation: 'RZ1', roles: ['coordinator'] });

let people: People;
beforeAll(async () => {
  people = await createPeople();
});
afterAll(() => people.drop());

const UNNUMBERED = { nhsNumber: null, nhsNumberAbsentReason: 'not-known' } as const;
/** Supported by the trust, and co-ordinated by its nurse. */
const known = async (home: object = { ...REFUGE, restricted: true }): Promise<string> => {
  const id = await people.known({ ...UNNUMBERED, home: home as typeof REFUGE });
  await people.relate(id, 'RZ1', 'coordinator', `practitioner/${NURSE.sub}`);
  return id;
};
async function seen(id: string, by: Principal = TRUST): Promise<Person> {
  const answer = await new PersonController(people.database).get(commandOf(by), id);
  return (answer instanceof Versioned ? answer.body : answer) as Person;
}
const homes = async (id: string, by: Principal = TRUST) =>
  (await new HomesController(people.database).list(commandOf(by), id)).items.map(
    ({ from: _, until: __, ...home }) => home,
  );
const learnt = async (id: string, by: Principal = NURSE): Promise<string[] | 'none'> =>
  new RestrictedHomesController(people.database).list(commandOf(by), id).then(
    ({ items }) => items.map(({ postcode }) => postcode),
    (error: { name: string }) => (error.name === 'NotFound' ? 'none' : Promise.reject(error as Error)),
  );
const warningsOf = ({ body }: { body: Record<string, unknown> }) =>
  ((body['warnings'] ?? []) as { code: string }[]).map(({ code }) => code);

describe('a restricted home (DEC-34)', () => {
  it('is shown as withheld, never as no address, to who supports the person and to who registered them', async () => {
    const id = await known();
    expect((await seen(id)).home).toEqual(WITHHELD);
    expect((await seen(id, NURSE)).home).toEqual(WITHHELD);
    expect((await seen(id, PRACTICE)).home).toEqual(WITHHELD);
    expect(await homes(id)).toEqual([WITHHELD]);
  });

  it('is learnt by the person, by who co-ordinates, and by a member of the accountable team, when they ask for it', async () => {
    const id = await known();
    const team = randomUUID();
    await people.relate(id, 'RZ3', 'accountable-team', `team/${team}`);
    const member = caller({ organisation: 'RZ3', roles: ['coordinator'], teams: [team] });
    const self = caller({ organisation: `person/${id}`, sub: id, roles: ['person'] });
    for (const who of [NURSE, member, self]) expect(await learnt(id, who)).toEqual([REFUGE.postcode]);
    expect(
      await people.asWorker('SELECT outcome, sub FROM audit WHERE subject = $1 ORDER BY at', [
        `restricted-homes/${id}`,
      ]),
    ).toEqual([NURSE, member, self].map(({ sub }) => ({ outcome: 'read', sub })));
  });

  it('is learnt by nobody else: their organisation, another team of it, family, who looks, who once co-ordinated', async () => {
    const id = await known();
    const [family, doctor, former] = [randomUUID(), caller({ organisation: 'RZ4' }), caller({ organisation: 'RZ5' })];
    await people.relate(id, `person/${family}`, 'family', `person/${family}`);
    await people.relate(id, 'RZ4', 'break-glass', `practitioner/${doctor.sub}`);
    await people.relate(id, 'RZ5', 'coordinator', `practitioner/${former.sub}`, new Date(Date.now() - 1_000));
    await people.relate(id, 'RZ6', 'accountable-team', `team/${randomUUID()}`);
    const others = [
      ...[TRUST, STRANGER, PRACTICE, doctor, former],
      caller({ organisation: `person/${family}`, sub: family, roles: ['person'] }),
      caller({ organisation: 'RZ6', roles: ['coordinator'], teams: [randomUUID()] }),
      { ...NURSE, purpose: 'service-planning' },
    ];
    for (const who of others) expect(await learnt(id, who)).toBe('none');
  });

  it('leaves what services are told of the person as it was: the board that answers for them, no address', async () => {
    const id = await known();
    const asked = commandOf(caller({ organisation: 'flow', roles: ['service'] }));
    const facts = await new FactsController(people.database).get(asked, id);
    expect(facts.responsibleIcb).toBe(REFUGE.responsibleIcb);
    expect(JSON.stringify(facts)).not.toMatch(/Planted|SW1P/);
  });
});

describe('who decides (DEC-34)', () => {
  it('restricts from one moment to the next, also what others sent of the person, and publishes nothing', async () => {
    const id = await known(REFUGE);
    const before = await people.published(id);
    expect((await seen(id, PRACTICE)).home).toEqual(REFUGE);
    const { body } = await people.restrictHome(id);
    expect(body).toEqual({ id, version: 2, status: 'registered', links: { self: `/people/${id}` } });
    expect([(await seen(id)).home, (await seen(id, PRACTICE)).home]).toEqual([WITHHELD, WITHHELD]);
    expect(await people.published(id)).toEqual(before);
    await expect(people.restrictHome(id)).rejects.toMatchObject({ code: 'restricted-already' });
    const kept = `SELECT before, sub FROM person_history WHERE person_id = $1`;
    expect(await people.asWorker(kept, [id])).toEqual([
      { before: { restricted: false, homes: [TODAY] }, sub: TRUST.sub },
    ]);
  });

  it('lifts it by name, and only who may learn it does; what others sent stays withheld', async () => {
    const id = await known();
    for (const by of [TRUST, STRANGER]) {
      await expect(people.liftRestriction(id, TODAY, by)).rejects.toMatchObject({ name: 'NotFound' });
    }
    await people.liftRestriction(id, TODAY, NURSE);
    expect((await seen(id)).home).toEqual(REFUGE);
    expect((await seen(id, PRACTICE)).home).toEqual(WITHHELD);
    expect(await learnt(id)).toBe('none');
    await expect(people.liftRestriction(id, TODAY, NURSE)).rejects.toMatchObject({ code: 'not-restricted' });
  });

  it('does so for a person whom they support only', async () => {
    const id = await known(OPEN);
    for (const by of [STRANGER, PRACTICE]) {
      await expect(people.restrictHome(id, undefined, by)).rejects.toMatchObject({ name: 'NotFound' });
    }
    expect((await seen(id)).home).toEqual(OPEN);
  });
});

describe('nothing opens it silently (DEC-34)', () => {
  const tomorrow = addDays(TODAY, 1);

  it('a new home beside it is restricted too, and says so', async () => {
    const id = await known();
    expect(warningsOf(await people.beginHome(id, { from: tomorrow }))).toEqual(['home-restricted-as-before']);
    expect(await learnt(id)).toEqual([REFUGE.postcode, 'M1 1AA']);
    expect(await homes(id)).toEqual([WITHHELD, WITHHELD]);
  });

  it('one that is said to be open is, and says so; the one before stays as it was', async () => {
    const id = await known();
    const told = await people.beginHome(id, { from: tomorrow, restricted: false });
    expect(warningsOf(told)).toEqual(['home-not-restricted']);
    expect(await homes(id)).toEqual([WITHHELD, { lines: ['2 New Row'], postcode: 'M1 1AA', responsibleIcb: 'QZ2' }]);
  });

  it('one told again of the same day stays restricted', async () => {
    const id = await known();
    await people.beginHome(id, { from: TODAY });
    expect([await homes(id), await learnt(id)]).toEqual([[WITHHELD], ['M1 1AA']]);
  });

  it('who registers somebody known with it as restricted finds it restricted, another home not', async () => {
    const numbered = (nhsNumber: string) => people.known({ nhsNumber, home: REFUGE });
    const again = (nhsNumber: string, postcode: string) =>
      registered(people.database, commandOf(STRANGER), { nhsNumber, home: { ...REFUGE, postcode, restricted: true } });
    const [same, other] = [await numbered('9990010005'), await numbered('9990010013')];
    expect([await again('9990010005', 'sw1p9zz'), await again('9990010013', 'M1 1AA')]).toEqual([same, other]);
    expect([(await seen(same)).home, (await seen(other)).home]).toEqual([WITHHELD, REFUGE]);
  });

  it('a registration tells nobody whether the home of somebody known is restricted: it is read back as it was sent', async () => {
    const id = await people.known({ nhsNumber: '9990010021', home: { ...REFUGE, restricted: true } });
    expect(await registered(people.database, commandOf(STRANGER), { nhsNumber: '9990010021', home: REFUGE })).toBe(id);
    expect((await seen(id, STRANGER)).home).toEqual(REFUGE);
  });

  it('a merge restricts the home of whom it means', async () => {
    const [old, survivor] = [await known(), await known(OPEN)];
    await people.merge(old, survivor);
    for (const id of [old, survivor]) expect((await seen(id)).home).toEqual(WITHHELD);
    expect(await learnt(survivor)).toEqual([OPEN.postcode]);
  });
});
