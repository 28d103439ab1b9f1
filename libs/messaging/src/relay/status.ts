import type { Pool } from 'pg';

/** A row that the log will never take; the relay stands before it, and everything behind it waits. */
export interface RefusedRow {
  position: string;
  eventId: string;
  type: string;
  reason: string;
  since: Date;
}

export interface RelayStatus {
  unpublished: number;
  /** Age of the oldest unpublished event in seconds; 0 when there is none. */
  oldestSeconds: number;
  /** Some process holds the lock. */
  led: boolean;
  refused?: RefusedRow;
}

/** How a service's relay stands, asked from outside (`ops relay status`, readiness, metrics) as `<s>_worker`. */
export async function relayStatus(worker: Pool): Promise<RelayStatus> {
  const { rows } = await worker.query<RelayStatus & { refused: RefusedRow | null }>(`
    SELECT o.unpublished, o."oldestSeconds",
      EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database()
        AND l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND (l.classid::bigint << 32 | l.objid::bigint) = hashtext('homeward.relay')::bigint) AS led,
      (SELECT jsonb_build_object('position', r.position::text, 'eventId', r.event_id, 'type', r.type,
        'reason', r.reason, 'since', r.since) FROM relay_refusal r) AS refused
    FROM (SELECT count(*)::int AS unpublished,
      coalesce(greatest(extract(epoch FROM clock_timestamp() - min(uuid_extract_timestamp(id))), 0), 0)::float8
        AS "oldestSeconds" FROM outbox WHERE published_at IS NULL) o`);
  const [row] = rows;
  if (!row) throw new Error('the outbox does not answer');
  const { refused, ...status } = row;
  return refused ? { ...status, refused: { ...refused, since: new Date(refused.since) } } : status;
}

export const refuse = (position: string, reason: string) => ({
  name: 'refuse',
  text: `INSERT INTO relay_refusal (position, event_id, type, reason)
    SELECT position, id, type, $2 FROM outbox WHERE position = $1
    ON CONFLICT (one) DO UPDATE SET position = excluded.position, event_id = excluded.event_id, type = excluded.type,
      reason = excluded.reason, since = CASE WHEN relay_refusal.position = excluded.position
        THEN relay_refusal.since ELSE clock_timestamp() END`,
  values: [position, reason],
});

export const forgetRefusal = { name: 'forget-refusal', text: 'DELETE FROM relay_refusal' };
