import { foundationTables, grants, roleName, rowLevelSecurity } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const APP = roleName('people', 'app');
const WORKER = roleName('people', 'worker');

const DETAILS = `
  nhs_number text, nhs_number_absent_reason text,
  given_name text NOT NULL, family_name text NOT NULL, birth_date date NOT NULL,
  home_lines text[] NOT NULL, postcode text NOT NULL, responsible_icb text NOT NULL, basis text NOT NULL,
  CHECK ((nhs_number IS NULL) <> (nhs_number_absent_reason IS NULL))`;

const PERSON = [
  `CREATE TABLE person (
    person_id uuid PRIMARY KEY, ${DETAILS},
    given_name_key text NOT NULL, family_name_key text NOT NULL,
    provisional boolean NOT NULL, registered_at timestamptz NOT NULL)`,
  'CREATE UNIQUE INDEX person_number ON person (nhs_number) WHERE NOT provisional',
  'CREATE UNIQUE INDEX person_number_and_birth_date ON person (nhs_number, birth_date)',
  'CREATE INDEX person_name ON person (family_name_key, birth_date, given_name_key)',
  ...rowLevelSecurity('person'),
  // Who registers somebody has no relationship with them, and must not get one by it.
  'CREATE POLICY registered_by_anyone ON person FOR INSERT WITH CHECK (true)',
  ...grants('people', 'person', 'SELECT, INSERT'),
];

const REGISTRATION = [
  `CREATE TABLE registration (
    registration_id uuid PRIMARY KEY, organisation text NOT NULL,
    person_id uuid NOT NULL REFERENCES person, ${DETAILS}, registered_at timestamptz NOT NULL)`,
  'CREATE INDEX registration_person ON registration (person_id, organisation, registration_id)',
  ...seenByTheOrganisationThatWrote('registration'),
];

const IDENTITY_QUESTION = [
  `CREATE TABLE identity_question (
    question_id uuid PRIMARY KEY, organisation text NOT NULL,
    person_id uuid NOT NULL REFERENCES person, opened_at timestamptz NOT NULL)`,
  'CREATE INDEX identity_question_organisation ON identity_question (organisation, question_id)',
  ...seenByTheOrganisationThatWrote('identity_question'),
];

/**
 * The one look past row-level security: what the index holds under a number and a birth date. It tells no more than
 * an id, and answers one row whatever it finds.
 */
const MATCH_PERSON = [
  `CREATE FUNCTION match_person(number text, born date)
    RETURNS TABLE (person_id uuid, provisional boolean, number_known boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
      SELECT same.person_id, same.provisional, known.number
      FROM (SELECT EXISTS (SELECT FROM person WHERE nhs_number = $1)) AS known (number)
      LEFT JOIN person AS same ON same.nhs_number = $1 AND same.birth_date = $2 $$`,
  'REVOKE ALL ON FUNCTION match_person FROM PUBLIC',
  `GRANT EXECUTE ON FUNCTION match_person TO ${APP}`,
  `GRANT CREATE ON SCHEMA public TO ${WORKER}`,
  `ALTER FUNCTION match_person OWNER TO ${WORKER}`,
  `REVOKE CREATE ON SCHEMA public FROM ${WORKER}`,
];

function seenByTheOrganisationThatWrote(table: string): string[] {
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY own ON ${table} FOR SELECT USING (organisation = current_setting('app.principal', true))`,
    // A service registers on behalf of somebody else's organisation.
    `CREATE POLICY written_for_anyone ON ${table} FOR INSERT WITH CHECK (true)`,
    ...grants('people', table, 'SELECT, INSERT'),
  ];
}

export class Begin1764028800000 implements MigrationInterface {
  readonly name = 'Begin1764028800000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...foundationTables('people'),
      ...PERSON,
      ...REGISTRATION,
      ...IDENTITY_QUESTION,
      ...MATCH_PERSON,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the first migration is not undone: drop the database');
  }
}
