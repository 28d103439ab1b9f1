import type { Admin, SeekEntry } from 'kafkajs';
import { Backoff } from '../wait';

const ATTEMPTS = 8;

/** Asks again where kafkajs does not: a topic was made, or a leader changed, and not every broker has heard of it. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const backoff = new Backoff();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || !(error instanceof Error && 'retriable' in error && error.retriable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoff.next()));
    }
  }
}

/** Where a topic's partitions begin and end. */
export const topicEnds = (admin: Admin, topic: string): Promise<(SeekEntry & { high: string; low: string })[]> =>
  patiently(() => admin.fetchTopicOffsets(topic));
