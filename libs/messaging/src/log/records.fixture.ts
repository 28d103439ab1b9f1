import { PARTITIONS } from '@homeward/contracts';
import type { LogRecord, ReceivedRecord } from './port';

export const TOPIC = 'homeward.people';

/** `count` records over all partitions, numbered on from `from`. */
export function numbered(count: number, from = 0, partitions = PARTITIONS): LogRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i;
    return {
      partition: n % partitions,
      key: `person/${n % partitions}`,
      headers: { n: String(n) },
      value: `{"n":${n}}`,
    };
  });
}

export const numberOf = (record: LogRecord): number => Number(record.headers['n']);

/** Numbers in the order of their first occurrence, by partition. */
export function firstOccurrences(records: ReceivedRecord[]): Map<number, number[]> {
  const seen = new Set<string>();
  const order = new Map<number, number[]>();
  for (const record of records) {
    const id = `${record.topic}/${record.partition}/${record.offset}`;
    if (seen.has(id)) continue;
    seen.add(id);
    order.set(record.partition, [...(order.get(record.partition) ?? []), numberOf(record)]);
  }
  return order;
}

/** What `firstOccurrences` has to be when nothing is lost and nothing overtakes. */
export function inOrder(count: number, partitions = PARTITIONS): Map<number, number[]> {
  const order = new Map<number, number[]>();
  for (let n = 0; n < count; n += 1) order.set(n % partitions, [...(order.get(n % partitions) ?? []), n]);
  return new Map([...order].sort(([a], [b]) => a - b));
}

export const sorted = <V>(map: Map<number, V>): Map<number, V> => new Map([...map].sort(([a], [b]) => a - b));
