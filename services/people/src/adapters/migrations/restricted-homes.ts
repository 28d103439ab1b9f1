import { roleName } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const WORKER = roleName('people', 'worker');

const COLUMNS = [
  'ALTER TABLE home ADD COLUMN restricted boolean NOT NULL DEFAULT false',
  'ALTER TABLE registration ADD COLUMN home_restricted boolean NOT NULL DEFAULT false',
  'ALTER TABLE person ADD COLUMN home_restricted boolean NOT NULL DEFAULT false',
  `CREATE OR REPLACE FUNCTION first_home() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO home (person_id, during, lines, postcode, responsible_icb, recorded_at, restricted)
    VALUES (NEW.person_id, daterange((NEW.registered_at AT TIME ZONE 'Europe/London')::date, NULL),
      NEW.home_lines, NEW.postcode, NEW.responsible_icb, NEW.registered_at, NEW.home_restricted);
    RETURN NULL; END $$`,
];

/**
 * What others sent of the person when they registered them may be the same address. All of it is withheld, whatever it
 * says: a comparison would tell whoever registers with a guess whether the guess was right.
 */
const WITHHOLD_REGISTERED = `CREATE FUNCTION withhold_registered_homes() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
    UPDATE registration SET home_restricted = true WHERE NOT home_restricted AND (person_id = NEW.person_id
      OR person_id IN (SELECT alias_id FROM person_alias WHERE survivor_id = NEW.person_id));
    RETURN NULL; END $$`;

/** Whoever registers somebody whom the index knows changes no home, and must not leave the same address open either. */
const RESTRICT_KNOWN = `CREATE FUNCTION restrict_known_homes() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
    UPDATE home SET restricted = true WHERE NOT restricted AND person_id = NEW.person_id AND postcode = NEW.postcode;
    RETURN NULL; END $$`;

/** Triggers, because they reach what the writer may not see, and nothing of it comes back. */
const TRIGGERS = [
  `GRANT CREATE ON SCHEMA public TO ${WORKER}`,
  `SET LOCAL ROLE ${WORKER}`,
  WITHHOLD_REGISTERED,
  RESTRICT_KNOWN,
  'RESET ROLE',
  `REVOKE CREATE ON SCHEMA public FROM ${WORKER}`,
  `CREATE TRIGGER withhold_registered_homes AFTER INSERT OR UPDATE OF restricted ON home
    FOR EACH ROW WHEN (NEW.restricted) EXECUTE FUNCTION withhold_registered_homes()`,
  `CREATE TRIGGER restrict_known_homes AFTER INSERT ON registration
    FOR EACH ROW WHEN (NEW.home_restricted) EXECUTE FUNCTION restrict_known_homes()`,
];

/** A home that nobody may learn but who is named for the person (DEC-34). */
export class RestrictedHomes1764108000000 implements MigrationInterface {
  readonly name = 'RestrictedHomes1764108000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...COLUMNS, ...TRIGGERS]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
