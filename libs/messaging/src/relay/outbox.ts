import type { LogRecord } from '../log/port';

/** As much of an outbox row as the log gets. */
export interface OutboxRow {
  position: string;
  id: string;
  topic: string;
  partition: number;
  partitionkey: string;
  headers: string;
  payload: string;
}

/** What one round takes. Not by `position > last`: a lower position may commit later, and would be lost. */
export const unpublished = (above: bigint, limit: number) => ({
  name: 'unpublished',
  text: `SELECT position, id, topic, partition, partitionkey, headers, payload FROM outbox
    WHERE published_at IS NULL AND position > $1 ORDER BY position LIMIT $2`,
  values: [above, limit],
});

export const markPublished = (rows: OutboxRow[]) => ({
  name: 'mark-published',
  text: 'UPDATE outbox SET published_at = clock_timestamp() WHERE position = ANY($1::bigint[]) AND published_at IS NULL',
  values: [rows.map(({ position }) => position)],
});

export const deletePublished = (days: number, limit: number) => ({
  name: 'delete-published',
  text: `DELETE FROM outbox WHERE position IN (
    SELECT position FROM outbox WHERE published_at < clock_timestamp() - make_interval(days => $1) LIMIT $2)`,
  values: [days, limit],
});

export const asRecord = (row: OutboxRow): LogRecord => ({
  partition: row.partition,
  key: row.partitionkey,
  headers: JSON.parse(row.headers) as Record<string, string>,
  value: row.payload,
});

/** Rows by topic, each topic's in their order. */
export function byTopic(rows: OutboxRow[]): Map<string, OutboxRow[]> {
  const topics = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const own = topics.get(row.topic);
    if (own) own.push(row);
    else topics.set(row.topic, [row]);
  }
  return topics;
}
