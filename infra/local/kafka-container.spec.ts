import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KAFKA_IMAGE } from './kafka-container';

const text = (file: string): string => readFileSync(join(__dirname, '..', '..', file), 'utf8');

describe('Kafka by every route', () => {
  it('is the same release from its jars, in a container, and in docker-compose.yml', () => {
    const [, jars] =
      /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([\d.]+)</.exec(text('infra/kafka/pom.xml')) ?? [];
    expect(KAFKA_IMAGE).toBe(`docker.io/apache/kafka:${jars}`);
    expect(text('docker-compose.yml')).toContain(`image: ${KAFKA_IMAGE}`);
  });
});
