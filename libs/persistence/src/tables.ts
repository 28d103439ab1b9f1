import { roleName } from './pools';
import { isRelated, relationshipTable } from './relationships';

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
    `CREATE TABLE relay_refusal (
      one boolean PRIMARY KEY DEFAULT true CHECK (one), position bigint NOT NULL, event_id uuid NOT NULL,
      type text NOT NULL, reason text NOT NULL, since timestamptz NOT NULL DEFAULT clock_timestamp())`,
    `CREATE TABLE idempotency (
      caller text, route text, key uuid, fingerprint text NOT NULL, answer jsonb NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (caller, route, key))`,
    'CREATE INDEX idempotency_recorded ON idempotency (recorded_at)',
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
    `GRANT SELECT ON relationship TO ${app}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${worker}`,
  ];
}

/**
 * The second wall: a table with `person_id` shows a row only to an organisation that has a relationship with the
 * person now, and nothing when no principal is set. One scalar setting: arrays and functions cost three times as much.
 */
export function rowLevelSecurity(table: string): string[] {
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY related ON ${table} USING (${isRelated(table)})`,
  ];
}

/** What requests and the worker may do with a service's own table. */
export function grants(service: string, table: string, app: string): string[] {
  return [
    `GRANT ${app} ON ${table} TO ${roleName(service, 'app')}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${roleName(service, 'worker')}`,
  ];
}
