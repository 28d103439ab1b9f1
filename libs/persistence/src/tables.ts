import { roleName } from './pools';

/**
 * The tables that every service has, as SQL for its first migration (run by `<s>_owner`).
 * Requests write some of them and read none but `stream`, `idempotency` and `relationship`.
 */
export function foundationTables(service: string): string[] {
  const app = roleName(service, 'app');
  const worker = roleName(service, 'worker');
  return [
    `CREATE TABLE stream (
      key text PRIMARY KEY,
      last_sequence bigint NOT NULL DEFAULT 0,
      last_recorded_at timestamptz NOT NULL DEFAULT 'epoch')`,
    `CREATE TABLE outbox (
      position bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
      id uuid NOT NULL, topic text NOT NULL, partition smallint NOT NULL,
      partitionkey text NOT NULL, sequence bigint NOT NULL, type text NOT NULL,
      headers text NOT NULL, payload text NOT NULL, published_at timestamptz,
      UNIQUE (partitionkey, sequence))
      WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000)`,
    'CREATE INDEX outbox_unpublished ON outbox (position) WHERE published_at IS NULL',
    'CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL',
    `CREATE TABLE idempotency (
      caller text, route text, key uuid, fingerprint text NOT NULL, outcome jsonb NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (caller, route, key))`,
    `CREATE TABLE audit (
      id uuid PRIMARY KEY DEFAULT uuidv7(), at timestamptz NOT NULL DEFAULT clock_timestamp(),
      organisation text NOT NULL, sub text NOT NULL, role text NOT NULL, purpose text NOT NULL,
      action text NOT NULL, route text NOT NULL, correlation_id uuid NOT NULL,
      outcome text NOT NULL, subject text NOT NULL, person_ids uuid[] NOT NULL)`,
    'CREATE INDEX audit_people ON audit USING gin (person_ids)',
    'CREATE INDEX audit_sub ON audit (sub, at)',
    `CREATE TABLE simulated_clock (one boolean PRIMARY KEY DEFAULT true CHECK (one), now timestamptz NOT NULL)`,
    `CREATE TABLE person_copy (
      person_id uuid PRIMARY KEY, facts jsonb NOT NULL, sequence bigint NOT NULL, stale boolean NOT NULL DEFAULT false)`,
    `CREATE TABLE inbox (
      reader text, source text, stream text, last_sequence bigint NOT NULL, PRIMARY KEY (reader, source, stream))`,
    `CREATE TABLE parked_event (
      subscription text, source text, stream text, sequence bigint, event jsonb NOT NULL, reason text NOT NULL,
      since timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (subscription, source, stream, sequence))`,
    'CREATE TABLE projection (name text PRIMARY KEY, generation int NOT NULL, stale_since timestamptz)',
    ...relationshipTable(app, worker),
    `GRANT SELECT, INSERT, UPDATE ON stream, simulated_clock TO ${app}`,
    `GRANT SELECT, INSERT ON idempotency TO ${app}`,
    `GRANT INSERT ON outbox, audit TO ${app}`,
    `GRANT SELECT ON projection TO ${app}`,
    `GRANT SELECT, INSERT ON relationship TO ${app}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${worker}`,
  ];
}

/** A policy on this table that asked this table would recurse, so it compares its own column. */
function relationshipTable(app: string, worker: string): string[] {
  return [
    `CREATE TABLE relationship (
      source text NOT NULL, person_id uuid NOT NULL, organisation text NOT NULL, holder text, kind text NOT NULL,
      subject text NOT NULL, "from" timestamptz NOT NULL, until timestamptz,
      UNIQUE NULLS NOT DISTINCT (person_id, organisation, source, kind, subject, holder, "from"))`,
    'ALTER TABLE relationship ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE relationship FORCE ROW LEVEL SECURITY',
    `CREATE POLICY own ON relationship FOR SELECT USING (organisation = current_setting('app.principal', true))`,
    'CREATE POLICY opened_by_a_fact ON relationship FOR INSERT WITH CHECK (true)',
    // A fact may end a right of another organisation, whose row the caller does not see: so it runs as the worker.
    `CREATE FUNCTION end_relationships(source text[], person_id uuid[], organisation text[], holder text[], kind text[],
        subject text[], at timestamptz[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
      WITH e AS (SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
          AS e (source, person_id, organisation, holder, kind, subject, at)),
        u AS (UPDATE relationship r SET until = greatest(e.at, r."from") FROM e
          WHERE (r.source, r.person_id, r.organisation, r.kind, r.subject) = (e.source, e.person_id, e.organisation, e.kind, e.subject)
            AND r.holder IS NOT DISTINCT FROM e.holder AND (r.until IS NULL OR r.until > e.at) RETURNING 1)
      SELECT count(*) FROM u $$`,
    'REVOKE ALL ON FUNCTION end_relationships FROM PUBLIC',
    `GRANT EXECUTE ON FUNCTION end_relationships TO ${app}, ${worker}`,
    `GRANT CREATE ON SCHEMA public TO ${worker}`,
    `GRANT SELECT, UPDATE ON relationship TO ${worker}`,
    `ALTER FUNCTION end_relationships OWNER TO ${worker}`,
    `REVOKE CREATE ON SCHEMA public FROM ${worker}`,
  ];
}

/**
 * The second wall: a table with `person_id` shows a row only to an organisation that has a relationship with the
 * person, and nothing when no principal is set. One scalar setting: arrays and functions cost three times as much.
 */
export function rowLevelSecurity(table: string): string[] {
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY related ON ${table} USING (EXISTS (SELECT FROM relationship r
      WHERE r.person_id = ${table}.person_id AND r.organisation = current_setting('app.principal', true)
        AND (r.until IS NULL OR r.until > current_setting('app.now', true)::timestamptz)))`,
  ];
}

/** What requests and the worker may do with a service's own table. */
export function grants(service: string, table: string, app: string): string[] {
  return [
    `GRANT ${app} ON ${table} TO ${roleName(service, 'app')}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${roleName(service, 'worker')}`,
  ];
}
