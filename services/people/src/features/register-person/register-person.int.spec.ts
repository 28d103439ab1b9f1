import { DomainError } from '@homeward/kernel';
import type { Outcome } from '@homeward/persistence';
import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { PeopleKeys } from '../../adapters/people-keys';
import { migrations } from '../../adapters/migrations';
import type { PersonDetails } from '../../domain/person';
import { RegisterPerson } from './register-person';

const DETAILS: PersonDetails = {
  nhsNumber: '9990010005',
  nhsNumberAbsentReason: null,
  givenName: 'Plantedgivenname',
  familyName: 'Plantedfamilyname',
  birthDate: '2001-02-03',
  home: { lines: ['1 Plantedstreet'], postcode: 'LS1 1AA', responsibleIcb: 'QZ1' },
  basis: 'autism',
};
const PRACTICE = caller({ organisation: 'A99001', roles: ['referrer'] });
const TRUST = caller({ organisation: 'RZ1', roles: ['intake'] });

let service: ServiceDatabase;
let handler: RegisterPerson;

beforeEach(async () => {
  service = await createServiceDatabase('people', migrations);
  handler = new RegisterPerson(service.database, new PeopleKeys('a key of the tests'));
});
afterEach(() => service.drop());

const register = (details: Partial<PersonDetails> = {}, principal = PRACTICE, context = commandOf(principal)) =>
  handler.register(context, {
    requestId: context.idempotency?.key ?? randomUUID(),
    registrationId: randomUUID(),
    newPersonId: randomUUID(),
    organisation: principal.organisation,
    details: { ...DETAILS, ...details },
  });

const idOf = (outcome: Outcome): string => String(outcome.body['id']);
const count = async (table: string): Promise<number> =>
  Number((await service.asWorker<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n);

describe('registering a person', () => {
  it('means the person whose number and birth date agree, and keeps what each registrar sent', async () => {
    const first = await register();
    const second = await register({ givenName: 'Another', home: { ...DETAILS.home, postcode: 'M1 1AA' } }, TRUST);
    expect(idOf(second)).toBe(idOf(first));
    expect(await count('person')).toBe(1);
    const kept = await service.asWorker(
      'SELECT organisation, given_name, postcode FROM registration ORDER BY organisation',
    );
    expect(kept).toEqual([
      { organisation: 'A99001', given_name: 'Plantedgivenname', postcode: 'LS1 1AA' },
      { organisation: 'RZ1', given_name: 'Another', postcode: 'M1 1AA' },
    ]);
  });

  it('makes a provisional person and asks once who it is, when only the number agrees', async () => {
    const first = await register();
    const other = await register({ birthDate: '2001-03-02' }, TRUST);
    const again = await register({ birthDate: '2001-03-02' });
    expect(idOf(other)).not.toBe(idOf(first));
    expect(idOf(again)).toBe(idOf(other));
    expect(await service.asWorker('SELECT provisional FROM person ORDER BY provisional')).toEqual([
      { provisional: false },
      { provisional: true },
    ]);
    expect(await service.asWorker('SELECT organisation, person_id FROM identity_question')).toEqual([
      { organisation: 'RZ1', person_id: idOf(other) },
    ]);
  });

  it('makes a new person each time there is no number', async () => {
    const none = { nhsNumber: null, nhsNumberAbsentReason: 'not-known' as const };
    expect(idOf(await register(none))).not.toBe(idOf(await register(none)));
  });

  it('publishes each registration on the person, in order', async () => {
    const { body } = await register();
    await register({}, TRUST);
    const rows = await service.asWorker<{ partitionkey: string; sequence: string; payload: string }>(
      'SELECT partitionkey, sequence, payload FROM outbox ORDER BY position',
    );
    const key = `person/${String(body['id'])}`;
    expect(rows.map(({ partitionkey, sequence }) => [partitionkey, sequence])).toEqual([
      [key, '1'],
      [key, '2'],
    ]);
    expect(rows.map(({ payload }) => JSON.parse(payload) as object)).toMatchObject([
      { registrarOrganisation: 'A99001', provisional: false, basis: 'autism' },
      { registrarOrganisation: 'RZ1', provisional: false, basis: 'autism' },
    ]);
  });

  it('is done once for the same request, sent twice or at once', async () => {
    const context = commandOf(PRACTICE);
    const none = { nhsNumber: null, nhsNumberAbsentReason: 'said-no' as const };
    const answers = await Promise.all([1, 2, 3].map(() => register(none, PRACTICE, context)));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(answers.filter(({ replay }) => replay)).toHaveLength(2);
    expect(await count('registration')).toBe(1);
  });

  it('makes one person of eight registrations of a new number at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => register()));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect([await count('person'), await count('registration'), await count('outbox')]).toEqual([1, 8, 8]);
    expect(await service.asWorker(`SELECT 1 FROM stream WHERE key LIKE 'person/%'`)).toHaveLength(1);
  });

  it('refuses what is wrong, keeps nothing of it but an audit row', async () => {
    await expect(register({ nhsNumber: '9990010006' })).rejects.toThrow(DomainError);
    expect([await count('person'), await count('registration'), await count('stream')]).toEqual([0, 0, 0]);
    expect(await service.asWorker('SELECT outcome FROM audit')).toEqual([{ outcome: 'refused:nhs-number-invalid' }]);
  });
});

describe('nothing tells whether a person was known', () => {
  /** What the connection was sent, by a registration of a person in each state. */
  async function statementsOf(details: Partial<PersonDetails>): Promise<{ texts: string[]; outcome: Outcome }> {
    const client = (await service.pools.app.connect()) as unknown as Client & { release(): void };
    client.release();
    const spy = jest.spyOn(Object.getPrototypeOf(client) as Client, 'query');
    const outcome = await register(details, TRUST);
    const texts = spy.mock.calls.flatMap(([query]) => (query as unknown as { text: string }).text.split(';\n'));
    spy.mockRestore();
    return { texts, outcome };
  }

  it('the answers are the same up to the id, and so are the statements and the number of rows in audit', async () => {
    await register();
    const known = await statementsOf({});
    const unknown = await statementsOf({ nhsNumber: '9990010013' });
    const questioned = await statementsOf({ birthDate: '1999-09-09' });
    const unnumbered = await statementsOf({ nhsNumber: null, nhsNumberAbsentReason: 'not-known' });
    const shape = ({ outcome }: typeof known): string => JSON.stringify(outcome).replaceAll(idOf(outcome), '<id>');
    for (const other of [unknown, questioned, unnumbered]) {
      expect(other.texts).toEqual(known.texts);
      expect(shape(other)).toBe(shape(known));
      expect(idOf(other.outcome)).not.toBe(idOf(known.outcome));
    }
    expect(known.texts.length).toBeGreaterThan(5);
    expect(Object.keys(known.outcome.body)).toEqual(['id', 'links']);
    expect(known.outcome.etag).toBeUndefined();
  });
});

describe('what was sent of a person', () => {
  it('stands in no event, no audit row, no kept answer and no name of a lock', async () => {
    await register();
    await register({ birthDate: '2001-03-02' }, TRUST);
    for (const table of ['outbox', 'audit', 'idempotency', 'stream', 'relationship', 'identity_question']) {
      const rows = await service.asWorker<{ row: string }>(`SELECT t::text AS row FROM ${table} AS t`);
      expect(rows.length).toBeGreaterThan(0);
      const dump = rows.map(({ row }) => row).join('\n');
      expect(dump).not.toMatch(/Planted|9990010005|999 001|2001-0[23]-0[23]|LS1 ?1AA/i);
    }
  });

  it('stands in no error', async () => {
    const failed = register({ familyName: 'Plantedfamilyname', birthDate: '2999-02-03' });
    await expect(failed).rejects.not.toThrow(/Planted|9990010005|2999/);
  });
});

describe('the second wall', () => {
  it('shows another organisation nothing, and nobody anything when no principal is set', async () => {
    await register();
    await register({ birthDate: '2001-03-02' });
    for (const table of ['person', 'registration', 'identity_question']) {
      expect(await count(table)).toBeGreaterThan(0);
      expect(await service.asApp('RZ2', `SELECT * FROM ${table}`)).toEqual([]);
      expect(await service.asApp(undefined, `SELECT * FROM ${table}`)).toEqual([]);
    }
    expect(await service.asApp('A99001', 'SELECT * FROM registration')).toHaveLength(2);
    expect(await service.asApp('A99001', 'SELECT * FROM person')).toEqual([]);
  });

  it('lets nobody but a request call the match', async () => {
    const [row] = await service.asWorker<{ app: boolean; owner: boolean; anyone: boolean }>(
      `SELECT has_function_privilege('people_app', f, 'execute') AS app,
        has_function_privilege('people_owner', f, 'execute') AS owner,
        EXISTS (SELECT FROM pg_proc p, aclexplode(p.proacl) a WHERE p.oid = f AND a.grantee = 0) AS anyone
      FROM (SELECT 'match_person(text, date)'::regprocedure::oid AS f) AS function`,
    );
    expect(row).toEqual({ app: true, owner: false, anyone: false });
  });
});
