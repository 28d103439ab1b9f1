import { grants } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const RIGHT = `r.organisation = current_setting('app.principal', true)`;

/** As of contacts: `person_id` is the id under which it was recorded, and stays; `means_id` is whom that id means. */
const CONSENT = [
  `CREATE TABLE consent (
    id uuid PRIMARY KEY, person_id uuid NOT NULL REFERENCES person, means_id uuid NOT NULL REFERENCES person,
    purpose text NOT NULL, scope text[] NOT NULL, answer text NOT NULL, authority text NOT NULL, decided_by text,
    finding text, assessed_on date, CHECK ((finding IS NULL) = (assessed_on IS NULL)),
    explained text[] NOT NULL, supported_by text, words text, decided_on date NOT NULL,
    review_by date NOT NULL CHECK (review_by >= decided_on), recorded_at timestamptz NOT NULL,
    withdrawn_at timestamptz CHECK (answer = 'yes' OR withdrawn_at IS NULL))`,
  'CREATE INDEX consent_means ON consent (means_id)',
  'CREATE INDEX consent_person ON consent (person_id)',
  'ALTER TABLE consent ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE consent FORCE ROW LEVEL SECURITY',
  `CREATE POLICY related ON consent USING (EXISTS (SELECT FROM relationship r
    WHERE r.person_id = consent.means_id AND ${RIGHT} OFFSET 0))`,
  `CREATE POLICY related_by_alias ON consent USING (EXISTS (SELECT FROM person_alias a
    JOIN relationship r ON r.person_id = a.alias_id WHERE a.survivor_id = consent.means_id AND ${RIGHT} OFFSET 0))`,
  ...grants('people', 'consent', 'SELECT, INSERT, UPDATE'),
];

/** A trigger, because the release before this one merges people too while this one is rolled out. */
const MERGED = [
  `CREATE FUNCTION consents_mean_survivor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE consent SET means_id = NEW.survivor_id WHERE means_id = NEW.alias_id;
    RETURN NULL; END $$`,
  'CREATE TRIGGER consents_mean_survivor AFTER INSERT ON person_alias FOR EACH ROW EXECUTE FUNCTION consents_mean_survivor()',
];

/** What was decided about taking part and sharing (CON-30). */
export class Consents1764126000000 implements MigrationInterface {
  readonly name = 'Consents1764126000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...CONSENT, ...MERGED]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
