import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaJars, missingForKafka } from '../infra/local/kafka-jars';
import type { WireRecord } from './kcat';

/** Whether Kafka's own client can run here: a JDK, and the jars. */
export async function hasJavaClient(): Promise<boolean> {
  if ((await missingForKafka()) !== undefined) return false;
  try {
    execFileSync('javac', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Everything that a topic holds, read by Kafka's own client for Java. */
export async function readWithJava(brokers: string, topic: string): Promise<WireRecord[]> {
  const classes = join(await kafkaJars(), '*');
  const { stdout } = await promisify(execFile)(
    'java',
    ['-cp', classes, join(__dirname, 'ReadTopic.java'), brokers, topic],
    {
      maxBuffer: 128 * 1024 * 1024,
    },
  );
  const text = (base64: string | undefined): string => Buffer.from(base64 ?? '', 'base64').toString();
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [partition, key, headers, value] = line.split('\t');
    const pairs = text(headers)
      .split('\n')
      .filter((pair) => pair !== '')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
    return {
      ...{ topic, partition: Number(partition), key: text(key), value: text(value) },
      headers: Object.fromEntries(pairs) as Record<string, string>,
    };
  });
}
