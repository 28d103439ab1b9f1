import { rightsByIndex } from '@homeward/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const RELATED = ['person', 'home', 'identity_question'];

const byAlias = (table: string): string =>
  `ALTER POLICY related_by_alias ON ${table} USING (EXISTS (SELECT FROM person_alias a
    JOIN relationship r ON r.person_id = a.alias_id
    WHERE a.survivor_id = ${table}.person_id AND r.organisation = current_setting('app.principal', true) OFFSET 0))`;

export class RightsByIndex1764072000000 implements MigrationInterface {
  readonly name = 'RightsByIndex1764072000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...rightsByIndex('people', RELATED), ...RELATED.map(byAlias)]) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: expand, then contract.'));
  }
}
