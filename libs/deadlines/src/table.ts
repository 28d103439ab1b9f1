import { grants, rowLevelSecurity } from '@homeward/persistence';

/**
 * As the clock asks, every second. It says more than it must, so that no other statement has the condition of its index: a
 * plan made while the table is small would read all that runs to find the steps of one deadline (ADR 0013).
 */
export const RUNNING = `status = 'running' AND settled_at IS NULL`;

export const runningByDue = [
  'DROP INDEX IF EXISTS deadline_running',
  `CREATE INDEX deadline_running ON deadline (due, id) WHERE ${RUNNING}`,
];

/**
 * The deadlines of a service, as SQL for a migration of each that sets any. A warning or a rung of a ladder is a row of
 * its own, tied to the deadline by `main_id`; reached, it is over.
 */
export function deadlineTable(service: string): string[] {
  return [
    `CREATE TABLE deadline (
      id uuid PRIMARY KEY, main_id uuid REFERENCES deadline, step text, person_id uuid NOT NULL, subject text NOT NULL,
      rule text NOT NULL, rule_from date, authority text NOT NULL, standing text NOT NULL,
      organisation text NOT NULL, team_id uuid NOT NULL, waiting_organisation text, waiting_team_id uuid,
      starts_at timestamptz NOT NULL, due timestamptz NOT NULL, due_on date,
      status text NOT NULL CHECK (status IN ('running', 'met', 'missed', 'cancelled', 'suspended', 'reached')),
      settled_at timestamptz, version int NOT NULL DEFAULT 1,
      CHECK ((main_id IS NULL) = (step IS NULL)), CHECK (status <> 'reached' OR step IS NOT NULL),
      CHECK (CASE WHEN status = 'running' THEN settled_at IS NULL ELSE status = 'missed' OR settled_at IS NOT NULL END))`,
    ...runningByDue,
    'CREATE INDEX deadline_subject ON deadline (subject) WHERE main_id IS NULL',
    'CREATE INDEX deadline_person ON deadline (person_id) WHERE settled_at IS NULL',
    'CREATE INDEX deadline_steps ON deadline (main_id) WHERE main_id IS NOT NULL',
    ...rowLevelSecurity('deadline'),
    ...grants(service, 'deadline', 'SELECT, INSERT, UPDATE'),
  ];
}
