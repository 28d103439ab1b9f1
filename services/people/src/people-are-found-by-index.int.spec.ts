import type { Statement } from '@homeward/persistence';
import { caller, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { migrations } from './adapters/migrations';
import { cardsOf } from './features/cards/cards.query';
import { idsToLookFor } from './features/looks/looks.query';
import { personFor } from './features/person/person.query';
import { searchFor } from './features/search/search.query';

const TRUST = caller({ organisation: 'RZ1', roles: ['team-lead'] });
const SOUGHT = { by: 'name', birthDate: '2001-02-03', familyNameKey: 'nunez', givenNameKey: undefined } as const;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  'Recheck Cond'?: string;
  'Total Cost': number;
  Plans?: Plan[];
}

let service: ServiceDatabase;
beforeAll(async () => {
  service = await createServiceDatabase('people', migrations);
  await service.asWorker(
    `INSERT INTO person (person_id, nhs_number, given_name, family_name, birth_date, home_lines, postcode,
        responsible_icb, basis, given_name_key, family_name_key, provisional, registered_at)
      SELECT gen_random_uuid(), (9990000000 + n)::text, 'Alex', 'Example', '1960-01-01', ARRAY['1 Example Street'],
        'ZZ99 3WZ', 'QZ1', 'learning-disability', 'alex', 'example' || n, false, now()
      FROM generate_series(1, 5000) AS n`,
  );
  await service.asWorker('ANALYZE person');
});
afterAll(() => service.drop());

async function readWhole({ text, values }: Statement): Promise<string[]> {
  const [row] = await service.asApp<{ 'QUERY PLAN': [{ Plan: Plan }] }>('RZ1', `EXPLAIN (FORMAT JSON) ${text}`, values);
  const all = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(all)];
  const nodes = row ? all(row['QUERY PLAN'][0].Plan) : [];
  expect(nodes.some((node) => node['Relation Name'] === 'person')).toBe(true);
  return nodes
    .filter((node) => node['Relation Name'] === 'person' && !node['Index Cond'] && !node['Recheck Cond'])
    .map((node) => `${node['Node Type']}, cost ${node['Total Cost']}`);
}

/** A condition that row-level security may not trust is judged after it: then each person of the index is looked at. */
it.each([
  ['one', personFor(TRUST, randomUUID(), 'coordinator')],
  ['whose looks are asked for', idsToLookFor(TRUST, randomUUID())],
  [
    'the cards of a list',
    cardsOf(
      TRUST,
      Array.from({ length: 100 }, () => randomUUID()),
    ),
  ],
  ['a number', searchFor(TRUST, { by: 'nhs-number', nhsNumber: '9990010005' })],
  ['a name and a birth date', searchFor(TRUST, SOUGHT as never)],
])('people are found by an index, however many there are: %s', async (_, statement) => {
  expect(await readWhole(statement)).toEqual([]);
});
