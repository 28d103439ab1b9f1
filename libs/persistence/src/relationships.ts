import type { RelationshipRow } from '@homeward/contracts';
import type { Statement } from './flush';
import { roleName } from './pools';

/** Rights that an event opens. Applied again, or behind a later change of the same right, it changes nothing. */
export const openRelationships = (rows: RelationshipRow[]): Statement => ({
  text: 'SELECT open_relationships($1)',
  values: [JSON.stringify(rows.map((row) => ({ ...columnsOf(row), from: row.at, until: row.until })))],
});

/** Rights that an event ends: those which earlier events opened, never one that the same or a later event opens. */
export const endRelationships = (rows: RelationshipRow[]): Statement => ({
  text: 'SELECT end_relationships($1)',
  values: [JSON.stringify(rows.map((row) => ({ ...columnsOf(row), at: row.at })))],
});

const columnsOf = ({ source, personId, organisation, holder, kind, subject, sequence }: RelationshipRow) => ({
  ...{ source, person_id: personId, organisation, holder, kind, subject },
  sequence: sequence.toString(),
});

const COLUMNS = 'source text, person_id uuid, organisation text, holder text, kind text, subject text, sequence bigint';
const KEY = 'person_id, organisation, source, kind, subject, holder, "from"';
const NOW = `(SELECT nullif(current_setting('app.now', true), '')::timestamptz)`;

const HOLDS = `organisation = current_setting('app.principal', true)
  AND "from" <= ${NOW} AND (until IS NULL OR until > ${NOW})
  AND NOT EXISTS (SELECT FROM parked_event p WHERE p.subscription = 'relationships'
    AND p.source = relationship.source AND p.stream = 'person/' || relationship.person_id OFFSET 0)`;

const FUNCTIONS = {
  open_relationships: `CREATE OR REPLACE FUNCTION open_relationships(rows jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
      INSERT INTO relationship AS r (${KEY}, until, sequence)
        SELECT DISTINCT ON (${KEY}) ${KEY}, until, sequence
        FROM jsonb_to_recordset(rows) AS o (${COLUMNS}, "from" timestamptz, until timestamptz)
        ORDER BY ${KEY}, sequence DESC
      ON CONFLICT (${KEY}) DO UPDATE SET until = excluded.until, sequence = excluded.sequence
        WHERE r.sequence < excluded.sequence $$`,
  // OFFSET 0: the rights of one person at a time, by the index, however many there are of others.
  end_relationships: `CREATE OR REPLACE FUNCTION end_relationships(rows jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
      WITH ended AS (
        SELECT r.row, min(greatest(e.at, r."from")) AS until, max(e.sequence) AS sequence
        FROM jsonb_to_recordset(rows) AS e (${COLUMNS}, at timestamptz)
          CROSS JOIN LATERAL (SELECT r.ctid AS row, r."from" FROM relationship r
            WHERE (r.person_id, r.organisation, r.source, r.kind, r.subject)
              = (e.person_id, e.organisation, e.source, e.kind, e.subject)
              AND r.holder IS NOT DISTINCT FROM e.holder AND r.sequence < e.sequence OFFSET 0) AS r
        GROUP BY r.row)
      UPDATE relationship r SET until = least(r.until, ended.until), sequence = ended.sequence
        FROM ended WHERE r.ctid = ended.row $$`,
};

/**
 * Who may see whom. `sequence` is of the event that changed the row last, so that events may come twice.
 *
 * Its policy asks no other row of its own table (that would recurse), and shows only what holds now. Rights from a
 * source whose event about the person is parked are not shown at all: the parked one may be their end. OFFSET 0: each
 * right asks for itself, by the index; a plan that may also ask for all at once takes longer to begin than to answer.
 *
 * Both functions run as the worker, because a fact may open or end a right of another organisation, whose rows its
 * caller does not see. A request cannot write this table in any other way.
 */
export function relationshipTable(app: string, worker: string): string[] {
  return [
    `CREATE TABLE relationship (
      source text NOT NULL, person_id uuid NOT NULL, organisation text NOT NULL, holder text, kind text NOT NULL,
      subject text NOT NULL, "from" timestamptz NOT NULL, until timestamptz, sequence bigint NOT NULL DEFAULT 0,
      UNIQUE NULLS NOT DISTINCT (${KEY}))`,
    'ALTER TABLE relationship ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE relationship FORCE ROW LEVEL SECURITY',
    `CREATE POLICY own ON relationship FOR SELECT USING (${HOLDS})`,
    'CREATE INDEX relationship_organisation ON relationship (organisation, person_id)',
    `GRANT SELECT (subscription, source, stream) ON parked_event TO ${app}`,
    ...Object.values(FUNCTIONS),
    ...Object.keys(FUNCTIONS).flatMap((name) => [
      `REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`,
      `GRANT EXECUTE ON FUNCTION ${name} TO ${app}, ${worker}`,
      `GRANT CREATE ON SCHEMA public TO ${worker}`,
      `ALTER FUNCTION ${name} OWNER TO ${worker}`,
      `REVOKE CREATE ON SCHEMA public FROM ${worker}`,
    ]),
    `GRANT SELECT, INSERT, UPDATE ON relationship TO ${worker}`,
  ];
}

/** OFFSET 0: asked of each row. Else a plan may begin with everybody whom the organisation may see. */
export const isRelated = (table: string): string => `EXISTS (SELECT FROM relationship r
  WHERE r.person_id = ${table}.person_id AND r.organisation = current_setting('app.principal', true) OFFSET 0)`;

/** For a database of the releases before: both functions and the policy of these tables, as a new one has them. */
export const rightsByIndex = (service: string, tables: string[]): string[] => [
  `GRANT CREATE ON SCHEMA public TO ${roleName(service, 'worker')}`,
  `SET LOCAL ROLE ${roleName(service, 'worker')}`,
  ...Object.values(FUNCTIONS),
  'RESET ROLE',
  `REVOKE CREATE ON SCHEMA public FROM ${roleName(service, 'worker')}`,
  ...tables.map((table) => `ALTER POLICY related ON ${table} USING (${isRelated(table)})`),
];

/** For a database of the releases before: the policy of rights, as a new one has it. */
export const eachRightForItself = `ALTER POLICY own ON relationship USING (${HOLDS})`;
