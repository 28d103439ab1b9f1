import { missingForKafka } from './kafka-jars';
import { startKafka, type KafkaBroker, type KafkaOptions } from './kafka';

/** A broker that is there (`stop` leaves it alone) or the reason why there is none. */
export type FoundKafka = { brokers: string[]; started?: KafkaBroker } | { missing: string };

/** `KAFKA_BROKERS` when set; else Kafka's own jars, if this machine has Java 17 and Maven. */
export async function findOrStartKafka(options: () => Promise<KafkaOptions>): Promise<FoundKafka> {
  const given = process.env['KAFKA_BROKERS'];
  if (given !== undefined && given !== '') return { brokers: given.split(',') };
  const missing = await missingForKafka();
  if (missing !== undefined) return { missing };
  const started = await startKafka(await options());
  return { brokers: started.brokers, started };
}
