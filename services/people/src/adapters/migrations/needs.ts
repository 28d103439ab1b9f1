import { grants, rowLevelSecurity } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person needs to be told things and to take part: of each, one that holds. Seen by whoever sees the person. */
const NEED = [
  `CREATE TABLE need (
    need_id uuid PRIMARY KEY, person_id uuid NOT NULL REFERENCES person, code text NOT NULL, language text, words text,
    since date NOT NULL, review_by date NOT NULL CHECK (review_by > since), recorded_at timestamptz NOT NULL,
    ended_on date CHECK (ended_on >= since), end_reason text, CHECK ((ended_on IS NULL) = (end_reason IS NULL)))`,
  'CREATE INDEX need_person ON need (person_id)',
  'CREATE UNIQUE INDEX need_that_holds ON need (person_id, code, language) NULLS NOT DISTINCT WHERE ended_on IS NULL',
  ...rowLevelSecurity('need'),
  `CREATE POLICY related_by_alias ON need USING (EXISTS (SELECT FROM person_alias a
    JOIN relationship r ON r.person_id = a.alias_id
    WHERE a.survivor_id = need.person_id AND r.organisation = current_setting('app.principal', true) OFFSET 0))`,
  ...grants('people', 'need', 'SELECT, INSERT, UPDATE'),
];

export class Needs1764115200000 implements MigrationInterface {
  readonly name = 'Needs1764115200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of NEED) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
