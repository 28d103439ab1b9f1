import { personMerged } from '@homeward/contracts';
import { DomainError } from '@homeward/kernel';
import { commandOf } from '@homeward/testing';
import * as fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { createPeople, TRUST, type People } from './people.fixture';
import { PersonController } from './features/person/person.http';

const NUMBERS = ['9990010005', '9990010013', '9990010021'];
const BIRTH_DATES = ['2001-02-03', '2001-03-02'];

const who = fc.nat({ max: 5 });
const identity = { nhsNumber: fc.constantFrom(...NUMBERS), birthDate: fc.constantFrom(...BIRTH_DATES) };
const command = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('register' as const), ...identity }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('correct' as const), who, ...identity }, { requiredKeys: ['do', 'who'] }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('home' as const), who, day: fc.integer({ min: 10, max: 28 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), who, into: who }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('death' as const), who, day: fc.integer({ min: 10, max: 20 }) }),
  },
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

let people: People;
beforeAll(async () => {
  people = await createPeople();
});
afterAll(() => people.drop());

/** A refusal of the domain is an answer, and so is a person whom nobody has; everything else is our bug. */
async function tried(attempt: Promise<unknown>): Promise<void> {
  await attempt.catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
  });
}

async function run(known: string[], command: Command): Promise<void> {
  const id = 'who' in command ? known[command.who % Math.max(known.length, 1)] : undefined;
  if (command.do === 'register') {
    const { nhsNumber, birthDate } = command;
    const made = await people.known({ nhsNumber, birthDate });
    if (!known.includes(made)) known.push(made);
  }
  if (id === undefined) return;
  const means = await survivorOf(id);
  if (command.do === 'correct') {
    const { nhsNumber, birthDate } = command;
    const correction = { ...(nhsNumber ? { nhsNumber } : {}), ...(birthDate ? { birthDate } : {}) };
    await tried(people.correct(id, correction, TRUST, await people.versionOf(means)));
  }
  if (command.do === 'home') await tried(people.beginHome(id, { from: `2026-10-${command.day}` }));
  if (command.do === 'death') await tried(people.recordDeath(id, { on: `2026-11-${command.day}` }));
  if (command.do === 'merge') await tried(people.merge(id, known[command.into % known.length] as string));
}

async function survivorOf(id: string): Promise<string> {
  const rows = await people.asWorker<{ survivor_id: string }>(
    'SELECT survivor_id FROM person_alias WHERE alias_id = $1',
    [id],
  );
  return rows[0]?.survivor_id ?? id;
}

async function forgetEverybody(): Promise<void> {
  const tables = [
    'identity_question',
    'registration',
    'home',
    'need',
    'contact',
    'consent',
    'person_alias',
    'person_history',
    'relationship',
    'outbox',
    'stream',
  ];
  for (const table of [...tables, 'person']) await people.asWorker(`DELETE FROM ${table}`);
}

async function expectOrder(known: string[]): Promise<void> {
  const settled = await people.asWorker(
    `SELECT nhs_number FROM person WHERE NOT provisional AND found_by_number AND nhs_number IS NOT NULL
     GROUP BY 1 HAVING count(*) > 1`,
  );
  expect(settled).toEqual([]);
  const open = await people.asWorker(
    `SELECT p.person_id FROM person p LEFT JOIN person_alias a ON a.alias_id = p.person_id
     WHERE a.alias_id IS NULL AND p.provisional IS DISTINCT FROM EXISTS (
       SELECT FROM identity_question q WHERE q.person_id = p.person_id AND q.settled_at IS NULL)`,
  );
  expect(open).toEqual([]);
  for (const id of known) {
    const survivor = await survivorOf(id);
    expect(await survivorOf(survivor)).toBe(survivor);
    const types = (await people.published(id)).map(({ type }) => type);
    expect(types.indexOf(personMerged.type)).toBe(survivor === id ? -1 : types.length - 1);
    const answer = await new PersonController(people.database).get(commandOf(TRUST), id);
    expect(answer).toMatchObject({ body: survivor === id ? { id } : { id, mergedInto: survivor } });
    const homes = await people.asWorker<{ gaps: boolean }>(
      `SELECT range_agg(during) <> multirange(daterange(min(lower(during)), NULL)) AS gaps FROM home WHERE person_id = $1`,
      [id],
    );
    expect(homes).toEqual([{ gaps: false }]);
  }
}

it('whatever is registered, corrected, merged, told of homes and deaths: an id answers, a number is one settled person’s', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 6, maxLength: 24 }), async (commands) => {
      await forgetEverybody();
      const known: string[] = [];
      for (const one of commands) await run(known, one);
      await expectOrder(known);
    }),
    { numRuns: 15 },
  );
}, 60_000);

it('what was told of a person stands in no event, audit row, kept answer, name of a lock or question', async () => {
  // No planted word is written in hexadecimal digits alone: ids are, and would have it by chance.
  // The same numbers were given out above, to people who may have died since.
  await forgetEverybody();
  const planted = { givenName: 'Plantedgiven', familyName: 'Plantedfamily', birthDate: '1994-05-17' };
  const [one, other] = [await people.known({ nhsNumber: NUMBERS[0] }), await people.known({ nhsNumber: NUMBERS[1] })];
  await people.correct(one, { ...planted, nhsNumber: NUMBERS[1] });
  await people.beginHome(one, { lines: ['1 Plantedstreet'], postcode: 'LS1 1AA' });
  await people.recordNeed(one, { code: 'easy-read', words: 'Plantedwords' });
  await people.recordNeed(other, { code: 'quiet-place', words: 'Plantedwords' });
  await people.recordContact(one, { name: 'Plantedcontact', howToReach: 'Plantedreach', account: randomUUID() });
  for (const id of [one, other]) await people.recordConsent(id, { words: 'Plantedsaid', supportedBy: 'Plantedhelp' });
  await people.merge(other, one);
  await people.recordDeath(one, { on: '2026-11-01' });
  for (const table of [
    'outbox',
    'audit',
    'idempotency',
    'stream',
    'relationship',
    'identity_question',
    'person_alias',
  ]) {
    const rows = await people.asWorker<{ row: string }>(`SELECT t::text AS row FROM ${table} AS t`);
    expect(rows.length).toBeGreaterThan(0);
    const told = rows.map(({ row }) => row).join('\n');
    expect(told).not.toMatch(/Planted|99900100|1994-05-17|LS1 ?1AA/i);
  }
});
