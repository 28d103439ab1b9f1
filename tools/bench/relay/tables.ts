import { encode, partitionOf, topicOf, transferAccepted } from '@homeward/contracts';
import { uuidv4 } from '@homeward/kernel';
import { connectionOf, foundationTables, type DatabaseConfig, type MigrationClass } from '@homeward/persistence';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';

export const SERVICE = 'flow';
export const TOPIC = topicOf(SERVICE);

/** What every service has, and so an outbox. */
export class FoundationTables1764030000000 {
  readonly name = 'FoundationTables1764030000000';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of foundationTables(SERVICE)) await runner.query(statement);
  }
  async down(): Promise<void> {}
}

export const FOUNDATION: MigrationClass[] = [FoundationTables1764030000000];

const STREAMS = Array.from({ length: 500 }, () => `person/${uuidv4()}`);
const MARK = '00000000000000000000';

/** As `write()` would have encoded it: about 1 kB. */
function example(): { headers: string; payload: string } {
  const { headers, value } = encode({
    ...{ id: uuidv4(), source: `/homeward/${SERVICE}`, type: transferAccepted.type, subject: `transfer/${uuidv4()}` },
    ...{ time: '2026-11-25T09:00:00.000000Z', occurredat: '2026-11-25T09:00:00.000000Z', sequence: 0n },
    ...{
      partitionkey: STREAMS[0] ?? '',
      dataschema: `https://homeward.example/schemas/${transferAccepted.type}/0.json`,
    },
    ...{ correlationid: uuidv4(), actorrole: 'team-lead', personid: uuidv4(), data: transferAccepted.example },
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  });
  return { headers: JSON.stringify(headers), payload: value };
}

/** `count` unpublished events over 500 people, as if as many commands had committed while no relay was running. */
export async function backlog(config: DatabaseConfig, count: number): Promise<void> {
  const { headers, payload } = example();
  await asWorker(config, (client) =>
    client.query(
      `INSERT INTO outbox (id, topic, partition, partitionkey, sequence, type, headers, payload)
        SELECT uuidv7(), $1, ($2::int[])[i], ($3::text[])[i], sequence, $4,
          replace($5, $6, lpad(sequence::text, 20, '0')), $7
        FROM (SELECT n, 1 + n % $8 AS i, 1 + n / $8 + coalesce((SELECT max(sequence) FROM outbox), 0) AS sequence
          FROM generate_series(0, $9::int - 1) AS n) AS e ORDER BY n`,
      [TOPIC, STREAMS.map(partitionOf), STREAMS, transferAccepted.type, headers, MARK, payload, STREAMS.length, count],
    ),
  );
}

export async function unpublished(config: DatabaseConfig): Promise<number> {
  const { rows } = await asWorker(config, (client) =>
    client.query<{ n: number }>('SELECT count(*)::int AS n FROM outbox WHERE published_at IS NULL'),
  );
  return rows[0]?.n ?? 0;
}

export async function asWorker<T>(config: DatabaseConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(connectionOf(config, 'worker'));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
