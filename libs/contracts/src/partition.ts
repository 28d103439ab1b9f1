/** Partitions of every topic on both logs, for ever: another number would reorder people. */
export const PARTITIONS = 16;

export const topicOf = (service: string): string => `homeward.${service}`;
export const sourceOf = (service: string): string => `/homeward/${service}`;

/** Kafka's default partitioner: (murmur2(key) & 0x7fffffff) mod 16. Stored in the outbox and sent explicitly. */
export const partitionOf = (key: string): number => (murmur2(Buffer.from(key)) & 0x7fffffff) % PARTITIONS;

/** The 32-bit MurmurHash2 with Kafka's seed. */
export function murmur2(data: Buffer): number {
  const m = 0x5bd1e995;
  const length = data.length;
  let h = 0x9747b28c ^ length;
  const words = length - (length % 4);
  for (let i = 0; i < words; i += 4) {
    let k = Math.imul(data.readInt32LE(i), m);
    k = Math.imul(k ^ (k >>> 24), m);
    h = Math.imul(h, m) ^ k;
  }
  const rest = length % 4;
  if (rest === 3) h ^= (data[words + 2] ?? 0) << 16;
  if (rest >= 2) h ^= (data[words + 1] ?? 0) << 8;
  if (rest >= 1) h = Math.imul(h ^ (data[words] ?? 0), m);
  h = Math.imul(h ^ (h >>> 13), m);
  return h ^ (h >>> 15);
}
