import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A record as a client of another make reads it off the broker. */
export interface WireRecord {
  topic: string;
  partition: number;
  key: string;
  headers: Record<string, string>;
  value: string;
}

/** Everything that a topic holds, read by kcat (librdkafka), which knows nothing of Homeward. */
export async function readWithKcat(brokers: string, topic: string): Promise<WireRecord[]> {
  const flags = ['-b', brokers, '-C', '-t', topic, '-o', 'beginning', '-e', '-q', '-J'];
  const { stdout } = await promisify(execFile)('kcat', flags, { maxBuffer: 64 * 1024 * 1024 });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const { headers, payload, key, partition } = JSON.parse(line) as {
      headers: string[];
      payload: string;
      key: string;
      partition: number;
    };
    const pairs = headers.flatMap((name, i) => (i % 2 === 0 ? [[name, headers[i + 1] ?? '']] : []));
    return { topic, partition, key, headers: Object.fromEntries(pairs) as Record<string, string>, value: payload };
  });
}
