import { grants, roleName, rowLevelSecurity } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const APP = roleName('people', 'app');
const WORKER = roleName('people', 'worker');
const CALLER = `current_setting('app.principal', true)`;

/** Who has a right to an id that was merged into another has the same right to that one. */
const relatedByAlias = (table: string): string =>
  `CREATE POLICY related_by_alias ON ${table} USING (EXISTS (SELECT FROM person_alias a
    JOIN relationship r ON r.person_id = a.alias_id WHERE a.survivor_id = ${table}.person_id AND r.organisation = ${CALLER}))`;

const PERSON_ALIAS = [
  `CREATE TABLE person_alias (
    alias_id uuid PRIMARY KEY REFERENCES person, survivor_id uuid NOT NULL REFERENCES person,
    merged_at timestamptz NOT NULL, organisation text NOT NULL, sub text NOT NULL, CHECK (alias_id <> survivor_id))`,
  'CREATE INDEX person_alias_survivor ON person_alias (survivor_id)',
  'ALTER TABLE person_alias ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE person_alias FORCE ROW LEVEL SECURITY',
  `CREATE POLICY related ON person_alias USING (EXISTS (SELECT FROM relationship r
    WHERE r.person_id = ANY (ARRAY[alias_id, survivor_id]) AND r.organisation = ${CALLER}))`,
  ...grants('people', 'person_alias', 'SELECT, INSERT, UPDATE'),
];

/**
 * `found_by_number` is false for who was merged into another, and for who was corrected to number and birth date of
 * another, until somebody settles which of the two it is.
 */
const PERSON = [
  `ALTER TABLE person ADD COLUMN version int NOT NULL DEFAULT 1,
    ADD COLUMN found_by_number boolean NOT NULL DEFAULT true,
    ADD COLUMN died_on date, ADD COLUMN died_at timestamptz, ADD COLUMN death_event_id uuid,
    ADD CHECK ((died_on IS NULL) = (death_event_id IS NULL)), ADD CHECK (died_at IS NULL OR died_on IS NOT NULL)`,
  'DROP INDEX person_number, person_number_and_birth_date',
  'CREATE UNIQUE INDEX person_number ON person (nhs_number) WHERE NOT provisional AND found_by_number',
  'CREATE UNIQUE INDEX person_number_and_birth_date ON person (nhs_number, birth_date) WHERE found_by_number',
  'CREATE INDEX person_any_number ON person (nhs_number, birth_date)',
  relatedByAlias('person'),
  `GRANT UPDATE ON person TO ${APP}`,
];

/**
 * A trigger, because the release before this one registers people too while this one is rolled out: whoever makes a
 * person, there is a home from the first day on.
 */
const HOME = [
  `CREATE TABLE home (
    person_id uuid NOT NULL REFERENCES person,
    during daterange NOT NULL CHECK (NOT isempty(during) AND NOT lower_inf(during)),
    lines text[] NOT NULL, postcode text NOT NULL, responsible_icb text NOT NULL, recorded_at timestamptz NOT NULL,
    PRIMARY KEY (person_id, during WITHOUT OVERLAPS))`,
  ...rowLevelSecurity('home'),
  relatedByAlias('home'),
  'CREATE POLICY registered_by_anyone ON home FOR INSERT WITH CHECK (true)',
  ...grants('people', 'home', 'SELECT, INSERT, UPDATE'),
  `CREATE FUNCTION first_home() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO home VALUES (NEW.person_id, daterange((NEW.registered_at AT TIME ZONE 'Europe/London')::date, NULL),
      NEW.home_lines, NEW.postcode, NEW.responsible_icb, NEW.registered_at);
    RETURN NULL; END $$`,
  'CREATE TRIGGER first_home AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION first_home()',
  `SET LOCAL ROLE ${WORKER}`,
  `INSERT INTO home SELECT person_id, daterange((registered_at AT TIME ZONE 'Europe/London')::date, NULL),
    home_lines, postcode, responsible_icb, registered_at FROM person`,
  'RESET ROLE',
];

/** What was before a change, and who changed it: written by requests, read by none. */
const PERSON_HISTORY = [
  `CREATE TABLE person_history (
    person_id uuid NOT NULL REFERENCES person, version int NOT NULL, what text NOT NULL, before jsonb NOT NULL,
    changed_at timestamptz NOT NULL, organisation text NOT NULL, sub text NOT NULL, PRIMARY KEY (person_id, version))`,
  'ALTER TABLE person_history ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE person_history FORCE ROW LEVEL SECURITY',
  'CREATE POLICY written_for_anyone ON person_history FOR INSERT WITH CHECK (true)',
  ...grants('people', 'person_history', 'INSERT'),
];

/** Whoever corrects a person or finds them to be another settles the question, though another organisation asked it. */
const IDENTITY_QUESTION = [
  'ALTER TABLE identity_question ADD COLUMN settled_at timestamptz',
  'CREATE INDEX identity_question_person ON identity_question (person_id) WHERE settled_at IS NULL',
  `CREATE POLICY related ON identity_question USING (EXISTS (SELECT FROM relationship r
    WHERE r.person_id = identity_question.person_id AND r.organisation = ${CALLER}))`,
  relatedByAlias('identity_question'),
  `GRANT UPDATE ON identity_question TO ${APP}`,
];

const SAME_NUMBER = `FROM person p LEFT JOIN person_alias a ON a.alias_id = p.person_id
  CROSS JOIN LATERAL (SELECT coalesce(a.survivor_id, p.person_id) AS person_id) AS means
  WHERE p.nhs_number = $1`;

/** As before, of the survivor where an id was merged. */
const MATCH_PERSON = `CREATE OR REPLACE FUNCTION match_person(number text, born date)
  RETURNS TABLE (person_id uuid, provisional boolean, number_known boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT same.person_id, same.provisional, known.number
    FROM (SELECT EXISTS (SELECT FROM person WHERE nhs_number = $1)) AS known (number)
    LEFT JOIN (SELECT s.person_id, s.provisional
      FROM (SELECT means.person_id ${SAME_NUMBER} AND p.birth_date = $2
        ORDER BY p.found_by_number DESC, p.registered_at, p.person_id LIMIT 1) AS first
      JOIN person s ON s.person_id = first.person_id) AS same ON true $$`;

/** Whether somebody else than `themselves` has the number, and with it the birth date. It tells not even an id. */
const MATCH_OTHER_PERSON = `CREATE FUNCTION match_other_person(number text, born date, themselves uuid[])
  RETURNS TABLE (has_both boolean, has_number boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT ${SAME_NUMBER} AND p.birth_date = $2 AND means.person_id <> ALL ($3)
        AND (p.found_by_number OR a.alias_id IS NOT NULL)),
      EXISTS (SELECT ${SAME_NUMBER} AND means.person_id <> ALL ($3)) $$`;

const MATCHES = [
  `GRANT CREATE ON SCHEMA public TO ${WORKER}`,
  `SET LOCAL ROLE ${WORKER}`,
  MATCH_PERSON,
  MATCH_OTHER_PERSON,
  'REVOKE ALL ON FUNCTION match_other_person FROM PUBLIC',
  `GRANT EXECUTE ON FUNCTION match_other_person TO ${APP}`,
  'RESET ROLE',
  `REVOKE CREATE ON SCHEMA public FROM ${WORKER}`,
];

/** A person is corrected, moves, is found to be another one, dies. */
export class PeopleChange1764061200000 implements MigrationInterface {
  readonly name = 'PeopleChange1764061200000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [...PERSON_ALIAS, ...PERSON, ...HOME, ...PERSON_HISTORY, ...IDENTITY_QUESTION, ...MATCHES];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('a migration is not undone: the next one mends it');
  }
}
