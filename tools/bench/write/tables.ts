import { foundationTables, grants, rowLevelSecurity, type MigrationClass } from '@homeward/persistence';
import type { QueryRunner } from 'typeorm';

export const CASES = 10_000;
export const ORGANISATION = 'RZ1';

const CASE =
  'id uuid PRIMARY KEY, person_id uuid NOT NULL, status text NOT NULL, changed_at timestamptz, version int NOT NULL';

/** The same case twice: as a service keeps it, with all that goes with a fact, and bare. */
export class BenchTables1764030000000 {
  readonly name = 'BenchTables1764030000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...foundationTables('flow'),
      `CREATE TABLE bench_case (${CASE})`,
      ...rowLevelSecurity('bench_case'),
      ...grants('flow', 'bench_case', 'SELECT, INSERT, UPDATE'),
      `CREATE TABLE bench_deadline (
        id uuid PRIMARY KEY, person_id uuid NOT NULL, rule text NOT NULL, rule_version int NOT NULL, authority text NOT NULL,
        subject text NOT NULL, started_at timestamptz NOT NULL, due timestamptz NOT NULL, due_on date, status text NOT NULL)`,
      `CREATE INDEX bench_deadline_due ON bench_deadline (due) WHERE status = 'running'`,
      'CREATE INDEX bench_deadline_person ON bench_deadline (person_id)',
      ...grants('flow', 'bench_deadline', 'SELECT, INSERT, UPDATE'),
      `CREATE TABLE bare_case (${CASE})`,
      ...grants('flow', 'bare_case', 'SELECT, UPDATE'),
      'SET LOCAL ROLE flow_worker',
      `INSERT INTO bench_case SELECT uuidv7(), gen_random_uuid(), 'open', NULL, 1 FROM generate_series(1, ${CASES})`,
      `INSERT INTO relationship SELECT '/homeward/flow', person_id, '${ORGANISATION}', NULL, 'accountable-team',
        'case/' || id, '2026-01-01', NULL, 1 FROM bench_case`,
      `INSERT INTO stream (key, last_sequence, last_recorded_at) SELECT 'person/' || person_id, 1, '2026-01-01' FROM bench_case`,
      'INSERT INTO bare_case SELECT * FROM bench_case',
      'RESET ROLE',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {}
}

export const BENCH_TABLES: MigrationClass[] = [BenchTables1764030000000];
