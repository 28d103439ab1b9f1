import { DomainError } from '@homeward/kernel';
import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import { migrations } from '../../adapters/migrations';
import { OTHER_NUMBER } from '../../domain/person.fixtures';
import { registered } from '../../registered.fixtures';
import { SearchController, type SearchBody } from './search.http';

const TRUST = caller({ organisation: 'RZ1', roles: ['team-lead'] });
const STRANGER = caller({ organisation: 'RZ2', roles: ['team-lead'] });

let service: ServiceDatabase;
let supported: string;

beforeAll(async () => {
  service = await createServiceDatabase('people', migrations);
  supported = await registered(service.database, commandOf(TRUST));
  await registered(service.database, commandOf(TRUST), { nhsNumber: OTHER_NUMBER });
  await service.asWorker(
    `INSERT INTO relationship (source, person_id, organisation, kind, subject, "from")
     VALUES ('/homeward/flow', $1, 'RZ1', 'accountable-team', 'episode/1', now() - interval '1 day')`,
    [supported],
  );
});
afterAll(() => service.drop());

const found = async (body: SearchBody, who = TRUST): Promise<string[]> =>
  (await new SearchController(service.database).search(commandOf(who), body)).items.map(({ id }) => id);

describe('a search', () => {
  it('finds whom the caller supports, by number or by name and birth date', async () => {
    expect(await found({ nhsNumber: '999 001 0005' })).toEqual([supported]);
    expect(await found({ familyName: 'nunez garcia', birthDate: '2001-02-03' })).toEqual([supported]);
    expect(await found({ familyName: 'NÚÑEZ GARCÍA', givenName: 'ada', birthDate: '2001-02-03' })).toEqual([supported]);
  });

  it('finds nobody whom the caller only registered, and nobody for others', async () => {
    expect(await found({ nhsNumber: OTHER_NUMBER })).toEqual([]);
    expect(await found({ nhsNumber: '9990010005' }, STRANGER)).toEqual([]);
    expect(await found({ familyName: 'Núñez-García', birthDate: '2001-02-03' }, STRANGER)).toEqual([]);
  });

  it.each<[string, SearchBody]>([
    ['another given name', { familyName: 'Núñez-García', givenName: 'Eve', birthDate: '2001-02-03' }],
    ['another birth date', { familyName: 'Núñez-García', birthDate: '2001-02-04' }],
    ['another family name', { familyName: 'Núñez', birthDate: '2001-02-03' }],
  ])('by %s finds nobody', async (_, body) => {
    expect(await found(body)).toEqual([]);
  });

  it('with less than that is refused', async () => {
    await expect(found({ familyName: 'Núñez-García' })).rejects.toThrow(DomainError);
  });

  it('leaves an audit row without what was sought', async () => {
    await found({ familyName: 'nunez garcia', birthDate: '2001-02-03' });
    const rows = await service.asWorker<{ row: string }>(`SELECT a::text AS row FROM audit a WHERE subject = 'search'`);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ row }) => row).join()).not.toMatch(/nunez|2001-02-03|99900100/i);
  });
});
