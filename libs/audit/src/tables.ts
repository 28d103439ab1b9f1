import { roleName } from '@homeward/persistence';

/**
 * The chain over the audit, as SQL for a migration. `seq` is the order of sealing; a row's hash is over what was recorded,
 * its detail by way of a salt, so that detail can go and the chain still holds. Requests neither read nor change any of
 * it, and nobody but the owner changes or deletes what was recorded.
 */
export function auditChainTables(service: string): string[] {
  const worker = roleName(service, 'worker');
  return [
    `CREATE TABLE audit_seal (
      seq bigint PRIMARY KEY, audit_id uuid NOT NULL UNIQUE,
      row_hash bytea NOT NULL, hash bytea NOT NULL, detail_hash bytea NOT NULL, salt bytea)`,
    `CREATE TABLE audit_head (
      one boolean PRIMARY KEY DEFAULT true CHECK (one), seq bigint NOT NULL,
      until timestamptz NOT NULL, at timestamptz NOT NULL, xid text NOT NULL)`,
    `GRANT SELECT, INSERT ON audit_seal TO ${worker}`,
    `GRANT SELECT, INSERT, UPDATE ON audit_head TO ${worker}`,
    `REVOKE UPDATE, DELETE ON audit FROM ${worker}`,
  ];
}
