import type { Admin, SeekEntry } from 'kafkajs';
import { Backoff } from '../wait';

const ATTEMPTS = 5;

/** Where a topic's partitions begin and end. kafkajs does not ask again when a partition's leader has just changed. */
export async function topicEnds(admin: Admin, topic: string): Promise<(SeekEntry & { high: string; low: string })[]> {
  const backoff = new Backoff();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await admin.fetchTopicOffsets(topic);
    } catch (error) {
      if (attempt >= ATTEMPTS || !(error instanceof Error && 'retriable' in error && error.retriable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoff.next()));
    }
  }
}
