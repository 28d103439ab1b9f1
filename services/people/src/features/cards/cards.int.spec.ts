import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { randomUUID } from 'node:crypto';
import { migrations } from '../../adapters/migrations';
import { OTHER_NUMBER } from '../../domain/person.fixtures';
import { registered } from '../../registered.fixtures';
import { CardsController, CardsQuery } from './cards.http';

const TRUST = caller({ organisation: 'RZ1', roles: ['team-lead'] });
const STRANGER = caller({ organisation: 'RZ2', roles: ['team-lead'] });

let service: ServiceDatabase;
let supported: string;
let somebodyElse: string;

beforeAll(async () => {
  service = await createServiceDatabase('people', migrations);
  supported = await registered(service.database, commandOf(TRUST));
  somebodyElse = await registered(service.database, commandOf(TRUST), { nhsNumber: OTHER_NUMBER });
  await service.asWorker(
    `INSERT INTO relationship (source, person_id, organisation, kind, subject, "from")
     VALUES ('/homeward/flow', $1, 'RZ1', 'accountable-team', 'episode/1', now() - interval '1 day')`,
    [supported],
  );
});
afterAll(() => service.drop());

const cards = async (ids: string[], who = TRUST) =>
  (await new CardsController(service.database).list(commandOf(who), { ids })).items;

describe('cards', () => {
  it('give the names of those whom the caller supports, and leave out all others silently', async () => {
    expect(await cards([supported, somebodyElse, randomUUID()])).toEqual([
      {
        id: supported,
        givenName: 'Ada',
        familyName: 'Núñez-García',
        birthDate: '2001-02-03',
        nhsNumber: '9990010005',
        needs: [],
      },
    ]);
    expect(await cards([supported, somebodyElse], STRANGER)).toEqual([]);
  });

  it('leave one audit row for the list, with those who were in it', async () => {
    await cards([supported, somebodyElse]);
    const [row] = await service.asWorker(
      `SELECT outcome, person_ids FROM audit WHERE subject = 'cards' ORDER BY at DESC LIMIT 1`,
    );
    expect(row).toEqual({ outcome: 'read', person_ids: [supported] });
  });

  it.each([
    ['none', undefined, false],
    ['one', randomUUID(), true],
    ['a hundred', Array.from({ length: 100 }, () => randomUUID()).join(','), true],
    ['a hundred and one', Array.from({ length: 101 }, () => randomUUID()).join(','), false],
    ['what is no id', `${randomUUID()},Ada`, false],
  ])('take 1 to 100 ids: %s', async (_, ids, valid) => {
    const errors = await validate(plainToInstance(CardsQuery, { ids }));
    expect(errors.length === 0).toBe(valid);
  });
});
