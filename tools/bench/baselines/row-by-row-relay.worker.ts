import { openEventLog, type EventLog, type EventLogConfig } from '@homeward/messaging';
import { connectionOf, type DatabaseConfig } from '@homeward/persistence';
import { Client } from 'pg';
import { offer } from '../worker';

/** The relay of many a guide: read the oldest unpublished row, send it, wait for the log, mark it, go on. */
let client: Client;
let log: EventLog;

interface Row {
  position: string;
  topic: string;
  partition: number;
  partitionkey: string;
  headers: string;
  payload: string;
}

async function one(): Promise<void> {
  const { rows } = await client.query<Row>({
    name: 'next',
    text: `SELECT position, topic, partition, partitionkey, headers, payload FROM outbox
      WHERE published_at IS NULL ORDER BY position LIMIT 1`,
  });
  const [row] = rows;
  if (!row) throw new Error('the backlog is too short');
  const { position, topic, partition, partitionkey: key, headers, payload: value } = row;
  await log.append(topic, [{ partition, key, headers: JSON.parse(headers) as Record<string, string>, value }]);
  await client.query({
    name: 'mark',
    text: 'UPDATE outbox SET published_at = clock_timestamp() WHERE position = $1',
    values: [position],
  });
}

offer({
  open: async (options: { config: DatabaseConfig; log: EventLogConfig }) => {
    client = new Client(connectionOf(options.config, 'worker'));
    await client.connect();
    log = openEventLog(options.log);
  },
  /** So many rows; answers how many a second. */
  drain: async (count: number): Promise<number> => {
    const begin = performance.now();
    for (let n = 0; n < count; n += 1) await one();
    return count / ((performance.now() - begin) / 1_000);
  },
});
