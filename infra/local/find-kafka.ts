import { startKafka, type KafkaBroker, type KafkaOptions } from './kafka';
import { missingForContainer, startKafkaContainer } from './kafka-container';
import { missingForKafka as missingForJars } from './kafka-jars';

/** A broker that is there already, one in a container, one from Kafka's own jars: tried in this order. */
export const KAFKA_ROUTES = ['brokers', 'container', 'jars'] as const;
export type KafkaRoute = (typeof KAFKA_ROUTES)[number];

/** A broker (`started` is ours to stop) or the reason why there is none. */
export type FoundKafka = { route: KafkaRoute; brokers: string[]; started?: KafkaBroker } | { missing: string };

type Options = () => Promise<KafkaOptions>;
type Say = (line: string) => void;

/** `KAFKA_BROKERS` when set, else a broker of our own. `KAFKA_ROUTE` allows one route only. */
export async function findOrStartKafka(options: Options, say: Say = () => undefined): Promise<FoundKafka> {
  const given = givenBrokers();
  if (given && isAllowed('brokers')) {
    say(`Kafka is at ${given.join(',')} (KAFKA_BROKERS).`);
    return { route: 'brokers', brokers: given };
  }
  const missing = await missingKafka();
  return missing === undefined ? startOwnKafka(options, say) : { missing };
}

/** A broker that is ours alone, and may be killed. */
export async function startOwnKafka(options: Options, say: Say = () => undefined) {
  const own = await options();
  if (isAllowed('container') && (await missingForContainer()) === undefined) {
    try {
      const started = await startKafkaContainer(own);
      say(`Kafka runs in a container, at ${started.brokers.join(',')}.`);
      return { route: 'container' as const, brokers: started.brokers, started };
    } catch (error) {
      // An engine that cannot get the image, say; with KAFKA_ROUTE=container this is an error.
      if (!isAllowed('jars') || (await missingForJars()) !== undefined) throw error;
      say(`Kafka does not run in a container (${(error as Error).message.split('\n')[0]}); from its jars then.`);
    }
  }
  const started = await startKafka(own);
  say(`Kafka runs from its own jars, at ${started.brokers.join(',')}.`);
  return { route: 'jars' as const, brokers: started.brokers, started };
}

/** Why there is no way to Kafka here, or undefined when there is one. */
export async function missingKafka(): Promise<string | undefined> {
  const why: (string | undefined)[] = [];
  if (isAllowed('brokers')) why.push(givenBrokers() ? undefined : 'KAFKA_BROKERS is not set');
  if (isAllowed('container')) why.push(await missingForContainer());
  if (isAllowed('jars')) why.push(await missingForJars());
  return why.includes(undefined) ? undefined : why.join(', ');
}

const givenBrokers = (): string[] | undefined => process.env['KAFKA_BROKERS']?.split(',').filter((one) => one !== '');

function isAllowed(route: KafkaRoute): boolean {
  const wanted = process.env['KAFKA_ROUTE'];
  if (wanted && !(KAFKA_ROUTES as readonly string[]).includes(wanted)) {
    throw new Error(`KAFKA_ROUTE is none of ${KAFKA_ROUTES.join(', ')}.`);
  }
  return !wanted || wanted === route;
}
