import { Kafka, logLevel } from 'kafkajs';

export interface KafkaLogConfig {
  brokers: string[];
  /** The service's name; brokers write it into their logs. */
  clientId: string;
  /** Put before each topic and group, where several installations share a cluster. */
  prefix?: string;
  /** With the authorities that Node trusts; `NODE_EXTRA_CA_CERTS` adds one. */
  tls?: boolean;
  /** SASL, SCRAM-SHA-512. */
  login?: { username: string; password: string };
  /** How long an idle reader's question rests with the broker: 5 s. An idle reader stops no sooner. */
  idleWaitMs?: number;
}

export interface KafkaLogOptions extends KafkaLogConfig {
  /** Told of what is tried again, and of the client's own warnings. */
  onTrouble?: (error: Error) => void;
}

/** Short patience, many tries: a broker that comes back is found again within seconds. */
export const RETRY = { initialRetryTime: 100, maxRetryTime: 500, retries: 5, factor: 0.2, multiplier: 2 };

export function kafkaClient({ brokers, clientId, tls, login, onTrouble }: KafkaLogOptions): Kafka {
  return new Kafka({
    brokers,
    clientId,
    ssl: tls,
    ...(login && { sasl: { mechanism: 'scram-sha-512', ...login } }),
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: RETRY,
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ log }) =>
        onTrouble?.(new Error(`kafkajs: ${log.message}`)),
  });
}
