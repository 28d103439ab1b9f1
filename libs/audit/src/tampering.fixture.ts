import type { TestAudit } from './audit.fixture';
import type { Kind } from './verify/findings';

/** Something that is done to an audit which is signed up to `signed`; answers what it is to be called. */
export type Tampering = (audit: TestAudit, signed: number) => Promise<Kind[]>;

const among = (from: number, to: number): number => from + Math.floor(Math.random() * (to - from + 1));
const oneOf = <T>(all: readonly T[]): T => all[among(0, all.length - 1)] as T;
const rowAt = (seq: number): string => `(SELECT audit_id FROM audit_seal WHERE seq = ${seq})`;

const CHANGES = [
  `organisation = organisation || 'X'`,
  'sub = gen_random_uuid()::text',
  `role = 'operations'`,
  `purpose = 'planning'`,
  `action = 'get-nobody'`,
  `route = '/elsewhere'`,
  'correlation_id = gen_random_uuid()',
  `outcome = 'nothing-found'`,
  `subject = ''`,
  `person_ids = '{}'`,
  'person_ids = person_ids || gen_random_uuid()',
  `at = at + interval '1 microsecond'`,
  `at = at - interval '1 day'`,
];

/** A row, by one column. */
const change: Tampering = async (audit, signed) => {
  await audit.all(`UPDATE audit SET ${oneOf(CHANGES)} WHERE id = ${rowAt(among(1, signed))}`);
  return ['changed', 'inserted']; // one whose time goes back is told as put in as well
};

/** A row and all that follows from it, by somebody who knows how the chain is made. */
const rewrite: Tampering = async (audit, signed) => {
  const seq = among(1, signed);
  await audit.all(`UPDATE audit SET sub = 'nobody' WHERE id = ${rowAt(seq)}`);
  await audit.all(
    `UPDATE audit_seal s SET detail_hash = sha256(s.salt || convert_to('["nobody",' || to_json(a.subject) ||
        (SELECT coalesce(string_agg(',"' || p || '"', ''), '') FROM unnest(a.person_ids) AS p) || ']', 'UTF8'))
      FROM audit a WHERE a.id = s.audit_id AND s.seq = $1`,
    [seq],
  );
  await audit.all(
    `UPDATE audit_seal s SET row_hash = sha256(s.detail_hash || convert_to('["' || a.id || '","' ||
        to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","' || a.organisation || '","' || a.role ||
        '","' || a.purpose || '","' || a.action || '","' || a.route || '","' || a.correlation_id || '","' || a.outcome ||
        '"]', 'UTF8'))
      FROM audit a WHERE a.id = s.audit_id AND s.seq = $1`,
    [seq],
  );
  await chainAnew(audit, seq);
  return ['changed'];
};

async function chainAnew(audit: TestAudit, from: number): Promise<void> {
  await audit.all(
    `WITH RECURSIVE anew AS (
        SELECT seq, sha256(coalesce((SELECT hash FROM audit_seal WHERE seq = $1 - 1),
          sha256('homeward.audit/people')) || row_hash) AS hash FROM audit_seal WHERE seq = $1
        UNION ALL SELECT s.seq, sha256(anew.hash || s.row_hash) FROM anew JOIN audit_seal s ON s.seq = anew.seq + 1)
      UPDATE audit_seal s SET hash = anew.hash FROM anew WHERE anew.seq = s.seq`,
    [from],
  );
}

const remove: Tampering = async (audit, signed) => {
  const from = among(1, signed);
  const to = Math.min(signed, from + oneOf([0, 0, 5]));
  await audit.all('DELETE FROM audit WHERE id IN (SELECT audit_id FROM audit_seal WHERE seq BETWEEN $1 AND $2)', [
    from,
    to,
  ]);
  return ['missing'];
};

/** With its seal: the row leaves nothing but a number. */
const removeWithSeal: Tampering = async (audit, signed) => {
  const seq = among(1, signed - 1);
  await audit.all(`DELETE FROM audit WHERE id = ${rowAt(seq)}`);
  await audit.all('DELETE FROM audit_seal WHERE seq = $1', [seq]);
  return ['missing'];
};

/** With its seal, and those behind it move up and are chained anew: no number is missing. */
const removeAndCloseUp: Tampering = async (audit, signed) => {
  const seq = among(1, signed - 1);
  await audit.all(`DELETE FROM audit WHERE id = ${rowAt(seq)}`);
  await audit.all('DELETE FROM audit_seal WHERE seq = $1', [seq]);
  await audit.all('UPDATE audit_seal SET seq = -seq WHERE seq > $1', [seq]);
  await audit.all('UPDATE audit_seal SET seq = -seq - 1 WHERE seq < 0');
  await chainAnew(audit, seq);
  return ['changed', 'cut'];
};

const SWAPS = ['audit_id, row_hash, detail_hash, salt', 'audit_id, row_hash, hash, detail_hash, salt', 'audit_id'];

/** Two entries change places: with their hashes, without, or only the rows that they are of. */
const reorder: Tampering = async (audit, signed) => {
  const one = among(1, signed - 1);
  const other = among(one + 1, signed);
  const columns = oneOf(SWAPS);
  await audit.all('ALTER TABLE audit_seal DROP CONSTRAINT audit_seal_audit_id_key');
  await audit.all(
    `UPDATE audit_seal s SET (${columns}) = (SELECT ${columns} FROM audit_seal o WHERE o.seq = $1 + $2 - s.seq)
      WHERE s.seq IN ($1, $2)`,
    [one, other],
  );
  await audit.all('ALTER TABLE audit_seal ADD CONSTRAINT audit_seal_audit_id_key UNIQUE (audit_id)');
  return ['reordered'];
};

const COLUMNS = 'organisation, sub, role, purpose, action, route, correlation_id, outcome, subject, person_ids';
const LIKE_ANOTHER = `SELECT ${COLUMNS} FROM audit ORDER BY random() LIMIT 1`;

/** With a time before the last head and the id that belongs to it, or a new one. */
const insert: Tampering = async (audit) => {
  const id = oneOf(['uuidv7(t.at - clock_timestamp())', 'uuidv7()', 'gen_random_uuid()']);
  await audit.all(
    `INSERT INTO audit (id, at, ${COLUMNS}) SELECT ${id}, t.at, o.*
      FROM (SELECT min(a.at) + random() * (min(h.at) - interval '1 second' - min(a.at)) AS at
        FROM audit a, audit_head h) AS t, (${LIKE_ANOTHER}) AS o`,
  );
  return ['inserted'];
};

const cut: Tampering = async (audit, signed) => {
  const left = among(0, signed - 1);
  const gone = await audit.all('DELETE FROM audit_seal WHERE seq > $1 RETURNING audit_id', [left]);
  const ids = gone.map((row) => (row as { audit_id: string }).audit_id);
  await audit.all('DELETE FROM audit WHERE id = ANY($1)', [ids]);
  return ['cut'];
};

export const TAMPERINGS: Record<string, Tampering> = {
  change,
  rewrite,
  remove,
  removeWithSeal,
  removeAndCloseUp,
  reorder,
  insert,
  cut,
};
