import { grants } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const RIGHT = `r.organisation = current_setting('app.principal', true)`;

/**
 * `person_id` is the id under which somebody was recorded, and stays; `means_id` is whom that id means. Both walls ask for a
 * right to the latter, so that who sees a person sees all of their contacts, above all whom they may not contact.
 */
const CONTACT = [
  `CREATE TABLE contact (
    id uuid PRIMARY KEY, person_id uuid NOT NULL REFERENCES person, means_id uuid NOT NULL REFERENCES person,
    alias_ids uuid[] NOT NULL, name text NOT NULL, telephone text, how_to_reach text,
    kind text NOT NULL, authority text NOT NULL, may_be_told boolean NOT NULL, may_be_contacted boolean NOT NULL,
    account uuid, until date, recorded_at timestamptz NOT NULL, ended_at timestamptz)`,
  'CREATE INDEX contact_means ON contact (means_id)',
  'CREATE INDEX contact_person ON contact (person_id)',
  'ALTER TABLE contact ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE contact FORCE ROW LEVEL SECURITY',
  `CREATE POLICY related ON contact USING (EXISTS (SELECT FROM relationship r
    WHERE r.person_id = contact.means_id AND ${RIGHT} OFFSET 0))`,
  `CREATE POLICY related_by_alias ON contact USING (EXISTS (SELECT FROM person_alias a
    JOIN relationship r ON r.person_id = a.alias_id WHERE a.survivor_id = contact.means_id AND ${RIGHT} OFFSET 0))`,
  ...grants('people', 'contact', 'SELECT, INSERT, UPDATE'),
];

/** A trigger, because the release before this one merges people too while this one is rolled out. */
const MERGED = [
  `CREATE FUNCTION contacts_mean_survivor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE contact SET means_id = NEW.survivor_id WHERE means_id = NEW.alias_id;
    RETURN NULL; END $$`,
  'CREATE TRIGGER contacts_mean_survivor AFTER INSERT ON person_alias FOR EACH ROW EXECUTE FUNCTION contacts_mean_survivor()',
];

/** Who a person has around them, and what these act on (DEC-34.contacts). */
export class Contacts1764118800000 implements MigrationInterface {
  readonly name = 'Contacts1764118800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...CONTACT, ...MERGED]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
