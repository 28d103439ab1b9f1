import { createKafkaLog } from './kafka/kafka-log';
import type { KafkaLogConfig } from './kafka/client';
import type { EventLog } from './port';
import type { PostgresLogConfig } from './postgres/config';
import { createPostgresLog } from './postgres/postgres-log';

/** Which log, and where: plain data, from a process's environment. */
export type EventLogConfig = ({ kind: 'postgres' } & PostgresLogConfig) | ({ kind: 'kafka' } & KafkaLogConfig);

/** Connects when first used. `onTrouble` is told of what is tried again. */
export const openEventLog = (config: EventLogConfig, onTrouble?: (error: Error) => void): EventLog =>
  config.kind === 'kafka' ? createKafkaLog({ ...config, onTrouble }) : createPostgresLog({ ...config, onTrouble });
