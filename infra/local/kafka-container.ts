import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import type { KafkaBroker, KafkaOptions } from './kafka';
import { kafkaSettings } from './kafka-settings';

/** The release of infra/kafka/pom.xml; a test compares the two. */
export const KAFKA_IMAGE = 'docker.io/apache/kafka:4.3.1';

const DATA = '/var/lib/kafka/data';
/** The image exposes this one, and with Podman testcontainers waits until every exposed port is mapped. */
const EXPOSED = 9092;
const MISSING = 404;

/** Why Kafka cannot run in a container here, or undefined when there is a container engine. */
export async function missingForContainer(): Promise<string | undefined> {
  try {
    await engine();
    return undefined;
  } catch (error) {
    const isNotInstalled = (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
    return isNotInstalled ? 'testcontainers is not installed' : 'there is no container engine';
  }
}

/** What `startKafka` starts, in a container. Its data are in a volume named after `dataDir`, and go when that folder went. */
export async function startKafkaContainer(options: KafkaOptions): Promise<KafkaBroker> {
  const { dataDir, port, advertisedPort = port } = options;
  const name = `homeward-kafka-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const docker = await engine();
  const removeContainer = (): Promise<unknown> =>
    docker.getContainer(name).remove({ force: true }).catch(unlessMissing);
  const removeData = (): Promise<unknown> => docker.getVolume(name).remove().catch(unlessMissing);

  await removeContainer(); // an earlier run that was killed
  if (!existsSync(dataDir)) await removeData();
  mkdirSync(dataDir, { recursive: true });
  const { GenericContainer } = await import('testcontainers');
  const inside = { ...options, port: EXPOSED, advertisedPort };
  const container = await new GenericContainer(KAFKA_IMAGE)
    .withName(name)
    .withEnvironment(asVariables(kafkaSettings({ ...inside, data: DATA, listenAt: '0.0.0.0' })))
    .withBindMounts([{ source: name, target: DATA }])
    .withExposedPorts({ container: EXPOSED, host: port })
    .start()
    .catch(async (error: Error) => {
      await removeContainer(); // it may run, and hold the port that another route would take
      throw error;
    });
  return {
    brokers: [`127.0.0.1:${port}`],
    stop: async () => void (await container.stop({ timeout: 20_000 })),
    kill: async () => {
      await docker.getContainer(container.getId()).kill();
      await removeContainer();
    },
    forget: async () => {
      await removeContainer();
      await removeData();
    },
  };
}

async function engine() {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return (await getContainerRuntimeClient()).container.dockerode;
}

/** The image makes a setting of each variable: `KAFKA_NODE_ID` is `node.id`. */
function asVariables(settings: Record<string, string>): Record<string, string> {
  const variable = (setting: string): string => `KAFKA_${setting.toUpperCase().replaceAll('.', '_')}`;
  const entries = Object.entries(settings).map(([setting, value]) => [variable(setting), value]);
  return { ...Object.fromEntries(entries), KAFKA_HEAP_OPTS: '-Xmx512m' };
}

function unlessMissing(error: { statusCode?: number }): void {
  if (error.statusCode !== MISSING) throw error;
}
