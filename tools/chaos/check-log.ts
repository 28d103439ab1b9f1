import { decode, partitionOf, topicOf, validateProduced } from '@homeward/contracts';
import type { EventLog } from '@homeward/messaging';
import { Findings } from './findings';
import type { Scratch } from './scratch';

/** Puts every record of every topic into the scratch database; finds events that do not keep their schema or place. */
export async function readLog(log: EventLog, services: readonly string[], scratch: Scratch): Promise<Findings> {
  const found = new Findings();
  for (const service of services) {
    const topic = topicOf(service);
    await log.readAll(topic, async (records) => {
      const rows = records.map(({ headers, value, partition, offset }) => {
        const event = decode({ headers, value });
        const wrong = validateProduced(event.type, event.data);
        if (wrong.length > 0) found.add(`${event.type} ${event.id} does not keep its schema: ${wrong.join('; ')}`);
        if (partition !== partitionOf(event.partitionkey)) found.add(`${event.id} lies in partition ${partition}`);
        return {
          ...{ topic, partition, offset: String(offset), source: event.source, stream: event.partitionkey },
          ...{ sequence: String(event.sequence), id: event.id, type: event.type, subject: event.subject },
          ...{ correlation: event.correlationid, causation: event.causationid, corrects: event.corrects },
          ...{ person: event.personid, occurred_at: event.occurredat, recorded_at: event.time, data: event.data },
        };
      });
      await scratch.put('logged', rows);
    });
  }
  return found;
}

/** Each stream's first occurrences are in order and without a gap from 1; nothing has two ids or two places. */
export async function checkOrder(scratch: Scratch): Promise<string[]> {
  const outOfOrder = await scratch.ask<{ source: string; stream: string; sequence: string; place: string }>(
    `WITH first AS (
        SELECT source, stream, sequence, min("offset") AS at FROM logged GROUP BY source, stream, sequence),
      placed AS (SELECT *, row_number() OVER (PARTITION BY source, stream ORDER BY at) AS place FROM first)
      SELECT source, stream, sequence, place FROM placed WHERE place <> sequence ORDER BY source, stream, place`,
  );
  const ambiguous = await scratch.ask<{ what: string }>(
    `SELECT format('%s %s has several events of sequence %s', source, stream, sequence) AS what FROM logged
        GROUP BY source, stream, sequence HAVING count(DISTINCT id) > 1
      UNION ALL SELECT format('event %s stands at several places', id) FROM logged
        GROUP BY id HAVING count(DISTINCT (source, stream, sequence)) > 1`,
  );
  return [
    ...outOfOrder.map((row) => `${row.source} ${row.stream}: sequence ${row.sequence} comes in place ${row.place}`),
    ...ambiguous.map(({ what }) => what),
  ];
}

export async function countEvents(scratch: Scratch): Promise<{ events: number; repeats: number; people: number }> {
  const [row] = await scratch.ask<{ events: number; repeats: number; people: number }>(
    `SELECT count(DISTINCT id)::int AS events, (count(*) - count(DISTINCT id))::int AS repeats,
      count(DISTINCT person)::int AS people FROM logged`,
  );
  return row ?? { events: 0, repeats: 0, people: 0 };
}
